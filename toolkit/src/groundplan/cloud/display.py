"""Shows people how far Terraform is: a bar on a terminal, plain lines now and then elsewhere."""

import sys
from typing import Final, TextIO

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from groundplan.cloud.event import INTERRUPT, Event
from groundplan.cloud.progress import Progress

EVERY: Final = 10.0
"""Seconds between two plain lines about the same work."""
NAME: Final = 60
"""Letters of a resource's address that are shown; the end says most."""
INTERRUPTED: Final = "ending in order, which can take a minute; Ctrl-C again kills Terraform"


class Bar:
    """One line that is drawn anew: what is done, a bar, the slowest resource, the time."""

    def __init__(self, verb: str, stream: TextIO = sys.stderr) -> None:
        self._verb = verb
        self._progress = Progress()
        console = Console(file=stream, highlight=False)
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> "Bar":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, event: Event) -> None:
        """Take an event in and draw."""
        self._progress.take(event)
        if event.kind == INTERRUPT:
            self._live.console.print(INTERRUPTED, style="yellow")
        self._live.update(self._line(), refresh=True)

    def _line(self) -> Table:
        line = Table.grid(padding=(0, 1))
        progress = self._progress
        bar = ProgressBar(
            progress.total or None, progress.done, width=30, pulse=not progress.total
        )
        line.add_row(self._verb, bar, counts(progress), Text(slowest(progress), style="dim"))
        return line


class Lines:
    """A line when something new began or ten seconds passed, and one at the end."""

    def __init__(self, verb: str, stream: TextIO = sys.stderr) -> None:
        self._verb = verb
        self._stream = stream
        self._progress = Progress()
        self._said = -EVERY

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self._say()

    def show(self, event: Event) -> None:
        """Take an event in, and print a line where it is time for one."""
        self._progress.take(event)
        if event.kind == INTERRUPT:
            print(INTERRUPTED, file=self._stream, flush=True)
        elif self._progress.elapsed - self._said >= EVERY:
            self._say()

    def _say(self) -> None:
        self._said = self._progress.elapsed
        parts = [self._verb, counts(self._progress), slowest(self._progress)]
        print("  ".join(part for part in parts if part), file=self._stream, flush=True)


def display(verb: str, stream: TextIO = sys.stderr) -> Bar | Lines:
    """Return what fits the stream."""
    return Bar(verb, stream) if stream.isatty() else Lines(verb, stream)


def counts(progress: Progress) -> str:
    """Return how much is done, and after how many seconds."""
    done = f"{progress.done} of {progress.total}" if progress.total else ""
    read = f"{progress.read} read" if progress.read and not done else ""
    failed = f"{progress.failed} failed" if progress.failed else ""
    parts = (done, read, failed, f"{progress.elapsed:.0f} s")
    return "  ".join(part for part in parts if part)


def slowest(progress: Progress) -> str:
    """Return the name of the resource that is under way for longest, or nothing."""
    found = progress.slowest
    if not found:
        return ""
    address, spent = found
    shown = address if len(address) <= NAME else "…" + address[1 - NAME :]
    return f"{shown} ({spent:.0f} s)"
