"""Starts, finds again and ends the simulator, which is a process of its own.

It ends with us unless it is kept; a kept one is recorded in a file, so that later commands find
it. A number alone proves nothing, so the record holds when the process was started.
"""

import contextlib
import http.client
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil

from groundplan.cloud import simulated
from groundplan.cloud.simulated import Place
from groundplan.errors import NotReadyError
from groundplan.tools import environment

MODULE: Final = "groundplan.cloud.simulator"
READY: Final = 60.0
"""Seconds within which it must say where it listens."""
GRACE: Final = 5.0
ANSWER: Final = 20.0
"""Seconds within which it must answer; it serves one request at a time."""
SOURCE: Final = Path(__file__).resolve().parents[2]
"""Holds our package, which the simulator's interpreter has not installed."""


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulator that runs."""

    url: str
    pid: int
    started: float
    """When its process was started, by the system's clock."""

    @property
    def is_there(self) -> bool:
        """Whether that very process runs."""
        return _started(self.pid) == self.started


@contextlib.contextmanager
def running(place: Place, *, keep: bool) -> Iterator[Simulator]:
    """Yield a simulator: a kept one where there is one, else a new and empty one.

    Args:
        place: the folders of the simulated environment; emptied for a new simulator.
        keep: whether it goes on after the block; one that was kept before also goes on
            where the block fails, so that the command can be repeated.

    Raises:
        ToolError: its packages cannot be installed.
        NotReadyError: it did not start.
    """
    kept = find(place)
    found = kept or _start(place, keep=keep)
    try:
        yield found
    except BaseException:
        if not kept and not keep:
            end(place, found)
        raise
    if not keep:
        end(place, found)


def find(place: Place) -> Simulator | None:
    """Return the simulator that an earlier command kept, if it still runs."""
    try:
        found = Simulator(**json.loads(place.record.read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.is_there else None


def answers(found: Simulator) -> bool:
    """Tell whether a simulator answers at all."""
    connection = http.client.HTTPConnection(urlsplit(found.url).netloc, timeout=ANSWER)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/moto-api/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
    return True


def lost(place: Place) -> Simulator | None:
    """Return a simulator of these folders that runs without a record that can be read."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if MODULE in words and str(place.log) in words:
            return Simulator("", process.pid, _started(process.pid) or 0.0)
    return None


def end(place: Place, found: Simulator) -> None:
    """End a simulator and forget it."""
    place.record.unlink(missing_ok=True)
    with contextlib.suppress(ProcessLookupError):
        if found.is_there:
            os.kill(found.pid, signal.SIGTERM)
            _wait(found)
        if found.is_there:
            os.kill(found.pid, signal.SIGKILL)


def _start(place: Place, *, keep: bool) -> Simulator:
    simulated.clear(place)
    place.folder.mkdir(parents=True, exist_ok=True)
    words = [str(environment.python("simulator")), "-m", MODULE, "--log", str(place.log)]
    if not keep:
        words += ["--with-parent", str(os.getpid())]
    with open(place.folder / "simulator.err", "wb") as errors:
        child = subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            start_new_session=True,
        )
    try:
        found = Simulator(_url(child), child.pid, _started(child.pid) or 0.0)
    except BaseException:
        child.kill()
        child.wait()
        raise
    place.record.write_text(json.dumps({name: getattr(found, name) for name in _FIELDS}))
    return found


_FIELDS: Final = ("url", "pid", "started")


def _url(child: "subprocess.Popen[bytes]") -> str:
    """Return where it listens, from the one line that it prints.

    Raises:
        NotReadyError: it ended, or said nothing in time.
    """
    assert child.stdout
    with child.stdout as stdout:
        readable, _, _ = select.select([stdout], [], [], READY)
        line = stdout.readline() if readable else b""
    try:
        return str(json.loads(line)["url"])
    except (ValueError, KeyError):
        hint = "simulator.err beside its log says why"
        raise NotReadyError("the simulator did not start", hint=hint) from None


def _wait(found: Simulator) -> None:
    deadline = time.monotonic() + GRACE
    while found.is_there and time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(found.pid, os.WNOHANG)
        time.sleep(0.05)


def _started(pid: int) -> float | None:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time())
    except psutil.Error:
        return None
