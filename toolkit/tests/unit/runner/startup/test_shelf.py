"""Traces are kept as files, the newest of each kind, marked when sent."""

from groundplan.runner.startup import shelf
from groundplan.runner.startup.shelf import Shelf
from groundplan.runner.startup.trace import Trace


def made(number: int, name: str = "up") -> Trace:
    """Return a trace that began at a second of its own."""
    return Trace(name, start=1_700_000_000_000_000_000 + number * 1_000_000_000)


def test_a_trace_is_a_private_file(tmp_path):
    """Named by time, kind and id; readable by its owner alone."""
    trace, found = made(0), Shelf(tmp_path / "traces")
    found.keep(trace, "{}")
    (path,) = found.unsent()
    assert f"20231114T221320-up-{trace.trace_id}.json" == path.name
    assert ("{}", 0o600) == (path.read_text(), path.stat().st_mode & 0o777)


def test_the_newest_are_kept(tmp_path):
    """The oldest of a kind go; restarts push no start away."""
    found = Shelf(tmp_path)
    first = made(0)
    found.keep(first, "")
    for number in range(1, shelf.KEPT + 3):
        found.keep(made(number, "restart web-1"), "")
    assert shelf.KEPT + 1 == len(found.all())
    assert found.path(first) in found.all()


def test_what_was_sent_is_marked(tmp_path):
    """A start's file stays, a restart's goes, and neither is sent again."""
    found, up, restart = Shelf(tmp_path), made(0), made(1, "restart web-1")
    for each in (up, restart):
        found.keep(each, "")
    assert not found.is_sent(up)
    for path in found.unsent():
        found.mark(path, taken=True)
    assert [] == found.unsent()
    assert (1, True) == (len(found.all()), found.is_sent(up))


def test_what_was_refused_is_not_sent_again(tmp_path):
    """The store's refusal is kept on the file's name."""
    found, up = Shelf(tmp_path), made(0)
    found.keep(up, "")
    found.mark(found.path(up), taken=False)
    assert ([], False) == (found.unsent(), found.is_sent(up))


def test_a_folder_that_cannot_be_costs_nothing(tmp_path):
    """Where a file stands in the folder's place, keeping is done without."""
    (tmp_path / "traces").write_text("")
    found = Shelf(tmp_path / "traces")
    found.keep(made(0), "{}")
    assert [] == found.all()
