"""One run of Terraform: started apart from the terminal, followed line by line, ended in order.

Its words go to a file without a name, not through a pipe: were we killed, Terraform would still
finish its work and write its state. The first interrupt is passed on once, so that it ends in
order; the second kills it and its plugins.
"""

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

from groundplan.cloud.event import INTERRUPT, TICK, Event, parse

Tell = Callable[[Event], None]

POLL: Final = 0.05
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Command:
    """Everything that starting Terraform takes."""

    words: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str]


@dataclass(slots=True)
class _Run:
    """A run while it lasts."""

    child: "subprocess.Popen[bytes]"
    tell: Tell
    interrupts: int = 0
    rest: bytes = field(default=b"")
    read: int = 0

    def interrupt(self, *_: int | FrameType | None) -> None:
        """Ask Terraform to end; the second time end it and its plugins."""
        self.interrupts += 1
        with suppress(ProcessLookupError):
            if self.interrupts == 1:
                self.child.send_signal(signal.SIGINT)
            else:
                os.killpg(self.child.pid, signal.SIGKILL)

    def news(self, output: int) -> Iterator[Event]:
        """Yield the events of what was written since the last look."""
        while piece := os.pread(output, PIECE, self.read):
            self.read += len(piece)
            *lines, self.rest = (self.rest + piece).split(b"\n")
            yield from (_event(line) for line in lines if line.strip())

    def last(self) -> Iterator[Event]:
        """Yield what was written without a line's end."""
        if self.rest.strip():
            yield _event(self.rest)


def run(command: Command, tell: Tell) -> int:
    """Run Terraform to its end, telling each event, and return its exit code.

    Raises:
        KeyboardInterrupt: somebody interrupted us; Terraform has ended.
        OSError: the program or its folder cannot be opened.
    """
    output = _output()
    try:
        child = subprocess.Popen(
            [str(word) for word in command.words],
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        running = _Run(child, tell)
        with _interrupts(running):
            code = _follow(running, output)
    finally:
        os.close(output)
    if running.interrupts:
        raise KeyboardInterrupt
    return code


def _follow(running: _Run, output: int) -> int:
    told = 0
    while True:
        code = _wait(running.child)
        if running.interrupts > told:
            told = running.interrupts
            running.tell(Event(INTERRUPT))
        for event in running.news(output):
            running.tell(event)
        if code is not None:
            for event in running.last():
                running.tell(event)
            return code
        running.tell(Event(TICK))


def _wait(child: "subprocess.Popen[bytes]") -> int | None:
    try:
        return child.wait(POLL)
    except subprocess.TimeoutExpired:
        return None


def _event(line: bytes) -> Event:
    return parse(line.decode("utf-8", "replace"))


def _output() -> int:
    """Return a file that has no name, and that no full disk can refuse where Linux has one."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("terraform")
    number, name = tempfile.mkstemp()
    os.unlink(name)
    return number


@contextmanager
def _interrupts(running: _Run) -> Iterator[None]:
    """Pass interrupts on while the block lasts; only the main thread is told of any."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, running.interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
