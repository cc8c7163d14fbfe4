"""Figures of the store -> the promises and their tables."""

from collections.abc import Sequence
from typing import Final

from bench.store.measure import Found, Steady
from bench.table import Target, promises

CPU: Final = 0.4
"""Of a core."""
MEMORY: Final = 300.0
"""MiB."""
SEARCH: Final = 1000.0
"""Milliseconds."""


def targets(load: Steady, spans: int, found: Sequence[Found]) -> list[Target]:
    """Hold what was measured against what is promised."""
    slowest = max(each.milliseconds for each in found)
    lost = load.sent - load.stored
    return [
        Target(f"less than {CPU:.0%} of a core", round(load.cpu, 3), load.cpu < CPU),
        Target(f"less than {MEMORY:g} MiB", round(load.memory, 1), load.memory < MEMORY),
        Target("no record is lost", lost, lost <= 0 and load.dropped == 0),
        Target(
            f"every search of {spans:,} spans within {SEARCH:g} ms",
            round(slowest, 1),
            slowest < SEARCH,
        ),
    ]


def markdown(load: Steady, spans: int, found: Sequence[Found], verdict: Sequence[Target]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        f"{load.sent // load.seconds:,} records a second for {load.seconds} s: "
        f"{load.cpu:.1%} of a core, {load.memory:.0f} MiB; {load.stored:,} of {load.sent:,} kept.",
        "",
        f"| Search of {spans:,} spans | Slowest of three, ms |",
        "|---|---:|",
        *(f"| {each.question} | {each.milliseconds:.0f} |" for each in found),
        "",
        *promises(verdict),
    ]
    return "\n".join(lines) + "\n"
