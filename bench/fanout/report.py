"""Samples of followed events -> medians, spreads, ratios and their table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bench import table as tables
from bench.fanout.measure import Sample
from bench.table import Row

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
    return "\n".join(tables.figures(table)) + "\n"


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]


def _row(
    figure: str, unit: str, samples: Sequence[Sample], pick: Callable[[Sample], float]
) -> Row:
    return tables.row(_WORK, figure, unit, samples, pick)
