"""What no supervisor watches is ended, and nothing else."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from groundplan.runner import folders, identity, record, sweep


@pytest.fixture
def start(tmp_path):
    """Return what starts a process that sleeps, with a data folder's mark."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(data: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
        settings = {**os.environ, sweep.MARK: data}
        started.append(subprocess.Popen(words, env=settings, start_new_session=True))
        return started[-1]

    yield begin
    for child in started:
        child.kill()
        child.wait()


def test_strays_are_ended_and_others_are_not(tmp_path, start):
    """Only processes of this data folder that nobody knows are ended."""
    found = folders.locate(tmp_path / "data", tmp_path)
    stray, known = start(found.data), start(found.data)
    other = start(str(tmp_path / "other"))
    sweep.end_strays(found, [known.pid])
    assert stray.wait(5) is not None
    assert (None, None) == (known.poll(), other.poll())


def test_down_without_a_supervisor_ends_what_was_kept(tmp_path, start):
    """Processes on record are ended by their own signal, the last started first."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    children = [start(found.data), start(found.data)]
    kept = [
        record.Kept("web", n, c.pid, identity.of(c.pid) or "", "", 0, 1, "", 0, "SIGTERM", 2.0)
        for n, c in enumerate(children, 1)
    ]
    record.keep(folders.Path(found.run) / "processes.json", kept)
    said: list[str] = []
    assert sweep.end_all(found, said.append)
    assert ["stopping web-2", "stopping web-1"] == said
    assert all(identity.of(child.pid) is None for child in children)


def test_what_a_killed_process_left_in_its_group_is_ended(tmp_path):
    """Workers outlive their master without the mark; a living process' group is left alone."""
    words = ["sh", "-c", "sleep 60 & echo $!; exec sleep 60"]
    found = [
        subprocess.Popen(words, env={}, stdout=subprocess.PIPE, start_new_session=True)
        for _ in range(2)
    ]
    workers = [int(each.stdout.readline()) for each in found if each.stdout]
    kept = [
        record.Kept("web", n, c.pid, identity.of(c.pid) or "", "", 0, 1, "", 0, "SIGTERM", 2.0)
        for n, c in enumerate(found, 1)
    ]
    try:
        found[0].kill()
        found[0].wait()
        sweep.end_leftovers(kept)
        assert identity.of(workers[0]) is None
        assert identity.of(workers[1]) is not None
    finally:
        for child in found:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
