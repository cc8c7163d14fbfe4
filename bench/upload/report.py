"""Samples of files -> medians, spreads, ratios, the promises, and their tables."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bench import table as tables
from bench.table import Row, Target
from bench.upload.measure import DOWN, UP, Sample

THROUGHPUT: Final = 100.0
"""Megabytes a second, in both directions."""
GROWTH: Final = 64.0
"""MiB by which the backend's memory may grow."""
_TITLES: Final = {UP: "upload, until it is checked", DOWN: "download"}


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Return the medians of all rounds, side by side."""
    return [row for way in (UP, DOWN) for row in _rows_of(way, samples)]


def targets(table: Iterable[Row], samples: Iterable[Sample]) -> list[Target]:
    """Hold the slowest way and the largest growth of ours against what is promised."""
    found = []
    for row in table:
        if row.figure == "throughput":
            promise = f"{row.scenario}: at least {THROUGHPUT:g} MB/s"
            found.append(Target(promise, row.ours, row.ours >= THROUGHPUT))
    most = max(each.growth for each in samples if each.side == "ours")
    promise = f"the backend's memory grows by less than {GROWTH:g} MiB, in every round"
    return [*found, Target(promise, most, most < GROWTH)]


def markdown(table: Iterable[Row], verdict: Iterable[Target]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = tables.works(table, str, 2)
    return "\n".join([*lines, "", *tables.promises(verdict)]) + "\n"


def _rows_of(way: str, samples: Sequence[Sample]) -> Iterable[Row]:
    mine = [sample for sample in samples if sample.way == way]
    yield tables.row(_TITLES[way], "throughput", "MB/s", mine, lambda s: s.per_second)
    yield tables.row(_TITLES[way], "growth of the backend", "MiB", mine, lambda s: s.growth)
    for tier in mine[0].cpu:
        yield tables.row(_TITLES[way], f"CPU {tier}", "ms/MB", mine, _cpu_of(tier))


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]
