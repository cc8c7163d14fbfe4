"""Samples of files -> medians, spreads, ratios, the promises, and their tables."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Final

from bench.report import Row, Target
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
    lines = [
        "| Work | Figure | Groundplan | Express | Ratio | Spread |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {r.scenario} | {r.figure}, {r.unit} | {r.ours:,.2f} | {r.theirs:,.2f} "
        f"| {r.ratio:.2f} | {r.spread_ours:.0%}, {r.spread_theirs:.0%} |"
        for r in table
    ]
    lines += ["", "| Target | Measured | Reached |", "|---|---:|---|"]
    lines += [f"| {t.promise} | {t.measured} | {'yes' if t.reached else 'no'} |" for t in verdict]
    return "\n".join(lines) + "\n"


def _rows_of(way: str, samples: Sequence[Sample]) -> Iterable[Row]:
    sides = {
        side: [s for s in samples if (s.way, s.side) == (way, side)] for side in ("ours", "theirs")
    }
    yield _row(way, "throughput", "MB/s", sides, lambda s: s.per_second)
    yield _row(way, "growth of the backend", "MiB", sides, lambda s: s.growth)
    for tier in sides["ours"][0].cpu:
        yield _row(way, f"CPU {tier}", "ms/MB", sides, _cpu_of(tier))


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]


def _row(
    way: str,
    figure: str,
    unit: str,
    sides: dict[str, list[Sample]],
    pick: Callable[[Sample], float],
) -> Row:
    middle, spread = {}, {}
    for side, samples in sides.items():
        values = [pick(sample) for sample in samples]
        middle[side] = round(median(values), 3)
        width = max(values) - min(values)
        spread[side] = round(width / middle[side], 3) if middle[side] else 0.0
    both = (middle["ours"], middle["theirs"], spread["ours"], spread["theirs"])
    return Row(_TITLES[way], figure, unit, *both)
