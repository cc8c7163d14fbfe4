"""Shows people what a run is doing: a live table on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

BEGINNING = 12
"""Letters of a detail that tell one piece of work from another."""
COLOURS = {
    "ready": "green",
    "starting": "cyan",
    "pending": "dim",
    "unready": "yellow",
    "stopping": "yellow",
    "stopped": "dim",
    "failed": "bold red",
    "backoff": "red",
}


class LiveTable:
    """A table that is drawn anew with every status."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        console = Console(file=stream, highlight=False)
        self._live = Live(console=console, auto_refresh=False, transient=False)

    def __enter__(self) -> "LiveTable":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, status: dict[str, Any]) -> None:
        """Draw a status."""
        self._live.update(table(status), refresh=True)


class Lines:
    """One line for every change of a state."""

    def __init__(self, known: Iterable[dict[str, Any]] = (), stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._known = {_name(each): (each["state"], each["detail"]) for each in known}
        self._began = time.monotonic()

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, status: dict[str, Any]) -> None:
        """Print what is new in a status."""
        for each in status["components"]:
            name, now = _name(each), (each["state"], each["detail"])
            if self._is_news(self._known.get(name, ("", "")), now):
                spent = time.monotonic() - self._began
                detail = f"  {each['detail']}" if each["detail"] else ""
                print(f"{spent:6.1f} s  {name:<14} {each['state']}{detail}", file=self._stream)
            self._known[name] = now
        self._stream.flush()

    @staticmethod
    def _is_news(before: tuple[str, str], now: tuple[str, str]) -> bool:
        """Return whether a line is worth printing: not for every step of one piece of work."""
        same_work = before[1][:BEGINNING] == now[1][:BEGINNING]
        return before[0] != now[0] or (now[0] in ("pending", "failed") and not same_work)


def display(stream: TextIO = sys.stderr) -> LiveTable | Lines:
    """Return what fits the stream."""
    return LiveTable(stream) if stream.isatty() else Lines(stream=stream)


def table(status: dict[str, Any], memory: Mapping[int, int] | None = None) -> Table:
    """Return a status as a table; `memory` holds bytes by process id, where they are known."""
    drawn = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("component", "replica", "state", "since", "port", "memory", "detail"):
        if heading == "memory" and memory is None:
            continue
        number = heading in ("replica", "since", "port", "memory")
        drawn.add_column(
            heading,
            justify="right" if number else "left",
            no_wrap=heading != "detail",
            overflow="fold",
        )
    for each in status["components"]:
        state = Text(each["state"], style=COLOURS.get(each["state"], ""))
        drawn.add_row(
            each["name"],
            str(each["replica"]),
            state,
            _age(each["started_at"]),
            str(each["port"] or ""),
            *([_megabytes(memory.get(each["pid"], 0))] if memory is not None else []),
            Text(each["detail"]),
        )
    return drawn


def trouble(components: Iterable[dict[str, Any]]) -> list[str]:
    """Return, for each component in trouble, why and the last lines that it logged."""
    lines = []
    for each in components:
        if "log" in each:
            lines.append(f"{_name(each)} {each['state']}: {each['detail']}")
            lines += [f"  | {line}" for line in each["log"]]
    return lines


def _name(component: dict[str, Any]) -> str:
    return f"{component['name']}-{component['replica']}"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.0f} MB" if size else ""


def _age(started_at: str | None) -> str:
    if not started_at:
        return ""
    spent = (datetime.now(UTC) - datetime.fromisoformat(started_at)).total_seconds()
    if spent < 60:
        return f"{spent:.1f} s"
    minutes = int(spent // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
