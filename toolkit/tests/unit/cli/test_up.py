"""`up` refuses what it cannot run before anything starts."""

from pathlib import Path

import pytest

from groundplan.cli import up
from groundplan.cli.main import main
from groundplan.cli.up import report
from groundplan.errors import NotReadyError
from groundplan.runner import start

READY = {"state": "ready", "url": "http://u", "credentials_file": "/c", "components": []}
STARTUP = {
    "trace_id": "abc",
    "sent": True,
    "seconds": 31.24,
    "slowest": [["orders-1", 27.6], ["database-1", 2.0]],
}
REFERENCE = Path(__file__).resolve().parents[4] / "platform.yaml"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--file", "/nowhere/platform.yaml"], "/nowhere/platform.yaml"),
        (["--file", str(REFERENCE), "--environment", "mars"], "mars"),
        (["--file", str(REFERENCE), "--port-base", "80"], "--port-base must be from 1024"),
    ],
)
def test_bad_words_are_refused_before_anything_starts(words, said, tmp_path, capsys):
    """The exit code is 2, the message names the place, and no data folder is made."""
    data = tmp_path / "data"
    assert 2 == main(["up", "--detach", "--data", str(data), *words])
    assert said in capsys.readouterr().err
    assert not data.exists()


def test_a_data_folder_that_cannot_be_is_refused(tmp_path, capsys):
    """A file where the folder should be is named, with a way out."""
    (tmp_path / "data").write_text("")
    words = ["--detach", "--file", str(REFERENCE), "--data", str(tmp_path / "data")]
    assert 2 == main(["up", *words])
    told = capsys.readouterr().err
    assert "cannot be used" in told
    assert "--data DIR" in told


def test_the_address_is_data_and_the_rest_is_talk(capsys):
    """Only the URL is on stdout, so that scripts can use it."""
    report(READY, {})
    told = capsys.readouterr()
    assert ("http://u\n", "sign in with /c\n") == (told.out, told.err)


def test_what_is_not_ready_is_named_with_its_last_lines(capsys):
    """The error has exit code 5 and names the replica; its last lines come before."""
    component = {"name": "backend", "replica": 2, "state": "failed", "detail": "exited", "log": []}
    component["log"] = ["no such table"]
    with pytest.raises(NotReadyError, match="backend-2") as error:
        report({"state": "failed", "components": [component]}, {})
    assert 5 == error.value.exit_code
    assert "no such table" in capsys.readouterr().err


def test_what_runs_without_encryption_is_not_joined_with_tls(tmp_path, capsys, monkeypatch):
    """Asking for encryption that is not there is an error with a way out, not a silent join."""
    monkeypatch.setattr(start, "start", lambda _: False)
    words = ["--detach", "--file", str(REFERENCE), "--data", str(tmp_path / "data")]
    assert 2 == main(["up", "--tls", *words])
    told = capsys.readouterr().err
    assert "runs without encryption" in told
    assert "./run down, then ./run up --tls" in told


def test_the_trace_of_the_start_is_named_once_it_can_be_read(capsys):
    """What took longest, and where the console shows it; nothing where the store has it not."""
    report(READY, STARTUP)
    assert [
        "ready in 31.2 s; slowest: orders-1 27.6 s, database-1 2.0 s",
        "what waited for what: http://u/traces/abc",
        "sign in with /c",
    ] == capsys.readouterr().err.splitlines()
    report(READY, STARTUP | {"sent": False})
    assert "sign in with /c\n" == capsys.readouterr().err


def test_a_failed_start_names_what_took_longest():
    """The error says which components were slowest, and how to pack a report."""
    component = {"name": "backend", "replica": 2, "state": "backoff", "detail": ""}
    with pytest.raises(NotReadyError) as error:
        report({"state": "failed", "components": [component]}, STARTUP | {"sent": False})
    assert "backend-2; slowest: orders-1 27.6 s, database-1 2.0 s" in error.value.message
    assert "./run export" in error.value.hint


def test_a_start_that_is_refused_leaves_its_trace(tmp_path, monkeypatch):
    """A full disk ends the start before a supervisor; the file says so."""

    def full(_):
        raise NotReadyError("the disk is full")

    monkeypatch.setattr(start.folders, "check_room", full)
    data = tmp_path / "data"
    assert 5 == main(["up", "--detach", "--file", str(REFERENCE), "--data", str(data)])
    (left,) = (data / "traces").iterdir()
    assert "the disk is full" in left.read_text()


class _Run:
    """A run that is ready, and whose trace the store takes at the second look."""

    def __init__(self) -> None:
        self.looks = 0

    def wait(self, _show):
        return READY | {"components": [{"name": "telemetry", "replica": 1, "state": "ready"}]}

    def startup(self):
        self.looks += 1
        return STARTUP | {"sent": self.looks > 1}


def test_a_trace_on_its_way_is_waited_for_a_moment(capsys):
    """The store being ready, a second look finds it."""
    run = _Run()
    up._wait(run, is_news=True)
    assert 2 == run.looks
    assert "http://u/traces/abc" in capsys.readouterr().err


def test_a_start_that_was_over_is_no_news(capsys):
    """Who joins a run that is up is not told how long it took to come up."""
    run = _Run()
    up._wait(run, is_news=False)
    assert (0, False) == (run.looks, "ready in" in capsys.readouterr().err)
