"""What fails: the store of the platform that runs, or a process of ours in a cluster's place."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import psutil

from bench import process
from bench.stack import BenchError

_STORE: Final = "telemetry"
_MODULE: Final = "groundplan_telemetry"
_STANDIN: Final = "bench.outage.standin"
_PATIENCE: Final = 30.0


class Part(Protocol):
    """Something that keeps signals, and can be taken away and given back."""

    def kill(self) -> None:
        """Take it away: nobody listens any more."""

    def freeze(self) -> None:
        """Take it away: connections are taken, nothing is answered."""

    def mend(self) -> None:
        """Give it back; return when it answers."""


class Store:
    """The telemetry store of a running platform; whoever would repair it is held meanwhile."""

    def __init__(self, status: Mapping[str, Any]) -> None:
        found = next(each for each in status["components"] if each["name"] == _STORE)
        self.url = f"http://127.0.0.1:{found['port']}"
        self._runner = psutil.Process(psutil.Process(found["pid"]).ppid())

    def kill(self) -> None:
        """End it, and hold the runner, which would start it again at once."""
        self._take(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it, and hold the runner, which would kill and start it after a while."""
        self._take(signal.SIGSTOP)

    def mend(self) -> None:
        """Let it and the runner go on; return when it answers."""
        for one in self._processes():
            with suppress(psutil.NoSuchProcess):
                one.resume()
        self._runner.resume()
        process.wait_until_answers(f"{self.url}/healthz/ready", seconds=_PATIENCE)

    def _take(self, number: int) -> None:
        self._runner.suspend()
        wait(lambda: self._runner.status() == psutil.STATUS_STOPPED, "the runner is held")
        for one in self._processes():
            one.send_signal(number)

    def _processes(self) -> list[psutil.Process]:
        return [
            one
            for first in self._runner.children()
            if _is_store(first)
            for one in (first, *first.children(recursive=True))
        ]


class Standin:
    """A process of ours that answers in the place of one of a cluster."""

    def __init__(self, log: Path) -> None:
        self.port = process.free_port()
        self._log = log
        self._made = self._start()

    def kill(self) -> None:
        """End it."""
        self._made.kill()
        self._made.wait()

    def freeze(self) -> None:
        """Stop it."""
        self._made.send_signal(signal.SIGSTOP)

    def mend(self) -> None:
        """Start it again, or let it go on."""
        if self._made.poll() is None:
            self._made.send_signal(signal.SIGCONT)
        else:
            self._made = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        argv = [sys.executable, "-m", _STANDIN, str(self.port)]
        where = {"PYTHONPATH": os.pathsep.join(sys.path)}
        made = process.start(argv, env=where, log=self._log)
        process.wait_until_answers(f"http://127.0.0.1:{self.port}/")
        return made


@contextmanager
def standins(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Standin]]:
    """Run a stand-in for each name for as long as the block lasts."""
    folder.mkdir(parents=True)
    with ExitStack() as running:
        made = {}
        for name in names:
            made[name] = Standin(folder / f"{name}.log")
            running.callback(made[name].kill)
        yield made


def wait(is_so: Callable[[], bool], what: str) -> None:
    """Poll until something is so.

    Raises:
        BenchError: it is not within half a minute.
    """
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise BenchError(f"not within {_PATIENCE:g} s: {what}")
        time.sleep(0.1)


def _is_store(one: psutil.Process) -> bool:
    try:
        return _MODULE in one.cmdline()
    except psutil.Error:
        return False
