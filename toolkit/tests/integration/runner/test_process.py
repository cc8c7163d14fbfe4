"""Processes outlive whoever started them, and are found again."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap

import psutil
import pytest

from groundplan.runner import identity, process
from groundplan.runner.process import Command

GONE = 2**22 + 1
"""A number above all that Linux gives."""
STARTER = """
import asyncio, sys
from pathlib import Path
from groundplan.runner import process
async def main():
    words = [sys.executable, "-S", "-c", "import time; print('here', flush=True); time.sleep(60)"]
    found = process.start(process.Command(words, {}, "/", Path(sys.argv[1])))
    print(found.pid, found.started, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture
def orphan(tmp_path):
    """Start a process from another one, kill that one, and return pid and identity."""
    log = tmp_path / "orphan.log"
    starter = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(STARTER), str(log)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout
    pid, started = starter.stdout.readline().split()
    starter.kill()
    starter.wait()
    yield int(pid), started, log
    if identity.of(int(pid)) == started:
        os.kill(int(pid), signal.SIGKILL)


async def test_an_orphan_is_adopted_and_watched(orphan):
    """A process of a killed supervisor goes on; adopted, its end is noticed at once."""
    pid, started, _ = orphan
    running = process.adopt(pid, started)
    assert running is not None
    assert not running.ended.done()
    os.kill(pid, signal.SIGKILL)
    assert await asyncio.wait_for(running.ended, 2) is None


async def test_an_orphan_goes_on_writing_its_log(orphan):
    """No pipe ties a process to its supervisor."""
    pid, _, log = orphan
    while "here" not in log.read_text():
        await asyncio.sleep(0.02)
    assert psutil.pid_exists(pid)


async def test_a_stranger_with_the_same_number_is_not_adopted():
    """A pid alone proves nothing."""
    assert process.adopt(os.getpid(), "1") is None


async def test_the_exit_code_is_told(tmp_path):
    """Of a process that we started ourselves the exit code is known."""
    words = [sys.executable, "-S", "-c", "raise SystemExit(7)"]
    running = process.start(Command(words, {}, "/", tmp_path / "log"))
    assert 7 == await asyncio.wait_for(running.ended, 5)


async def test_without_pidfd_the_end_is_noticed_too(tmp_path, monkeypatch):
    """Where the system has no process descriptors the runner looks again and again."""

    def none(*_: object) -> int:
        raise OSError

    monkeypatch.setattr(os, "pidfd_open", none)
    words = [sys.executable, "-S", "-c", "raise SystemExit(7)"]
    running = process.start(Command(words, {}, "/", tmp_path / "log"))
    assert 7 == await asyncio.wait_for(running.ended, 5)


async def test_who_stops_a_process_can_be_cancelled_when_it_ends_just_then():
    """A cancellation that comes together with the end is not lost, or its sender would hang."""
    running = process.Running(GONE, "gone", asyncio.get_running_loop().create_future())
    stopping = asyncio.create_task(running.stop(signal.SIGTERM, 10))
    await asyncio.sleep(0.01)
    running.ended.set_result(0)
    await asyncio.sleep(0)
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
