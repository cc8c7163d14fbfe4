"""Samples of followed events -> medians, spreads, ratios and their table."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Final

from bench.fanout.measure import Sample
from bench.report import Row

_WORK: Final = "fan-out"


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Return the medians of all rounds, side by side."""
    found = [
        _row("an event, until half of the followers have it", "ms", samples, lambda s: s.middle),
        _row("an event, until the last has it", "ms", samples, lambda s: s.last),
        _row("the slowest event, until the last has it", "ms", samples, lambda s: s.worst),
        _row("growth of the backends", "MiB", samples, lambda s: s.growth),
    ]
    tiers = samples[0].cpu
    return found + [_row(f"CPU {tier}", "us/delivery", samples, _cpu_of(tier)) for tier in tiers]


def markdown(table: Iterable[Row]) -> str:
    """Return the table of the reference page, as Markdown."""
    lines = ["| Figure | Groundplan | Express | Ratio | Spread |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {r.figure}, {r.unit} | {r.ours:,.2f} | {r.theirs:,.2f} "
        f"| {r.ratio:.2f} | {r.spread_ours:.0%}, {r.spread_theirs:.0%} |"
        for r in table
    ]
    return "\n".join(lines) + "\n"


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]


def _row(
    figure: str, unit: str, samples: Sequence[Sample], pick: Callable[[Sample], float]
) -> Row:
    middle, spread = {}, {}
    for side in ("ours", "theirs"):
        values = [pick(each) for each in samples if each.side == side]
        middle[side] = round(median(values), 3)
        width = max(values) - min(values)
        spread[side] = round(width / middle[side], 3) if middle[side] else 0.0
    both = (middle["ours"], middle["theirs"], spread["ours"], spread["theirs"])
    return Row(_WORK, figure, unit, *both)
