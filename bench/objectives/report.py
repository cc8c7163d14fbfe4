"""Samples under the promised rate -> medians, ratios, the file's objectives, their tables."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bench import table as tables
from bench.objectives.measure import Sample
from bench.table import Row, Target
from groundplan.model.policy import Objectives

_WORK: Final = "mixed, at the promised rate"


def failures(samples: Iterable[Sample]) -> list[str]:
    """Return what makes the run invalid, one line a turn."""
    return [
        f"round {each.round} {each.side}: {len(each.errors)} of {each.requests}, {each.errors[0]}"
        for each in samples
        if each.errors
    ]


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Return the medians of all turns, side by side."""
    found = [
        _row("p50", "ms", samples, lambda each: each.p50),
        _row("p95", "ms", samples, lambda each: each.p95),
        _row("p99", "ms", samples, lambda each: each.p99),
    ]
    found += [
        _row(f"p95 of {kind}", "ms", samples, _member("by_kind", kind))
        for kind in samples[0].by_kind
    ]
    found += [
        _row("a transaction of the database", "ms", samples, lambda each: each.database),
        _row("a read of the cache", "ms", samples, lambda each: each.cache),
    ]
    found += [
        _row(f"CPU {tier}", "us/request", samples, _member("cpu", tier)) for tier in samples[0].cpu
    ]
    return found


def targets(samples: Sequence[Sample], objectives: Objectives) -> list[Target]:
    """Hold the worst turn of ours against the file's objectives, as far as it has any."""
    ours = [each for each in samples if each.side == "ours"]
    rate = f"{objectives.api.throughput * 60:.0f}/min"
    times = (
        (f"p95 at {rate}", objectives.api.latency.p95, max(each.p95 for each in ours)),
        ("database", objectives.database.latency.average, max(each.database for each in ours)),
        ("cache", objectives.cache.latency.average, max(each.cache for each in ours)),
    )
    found = [
        _under(f"{what} under {promised * 1000:g} ms", measured, round(promised * 1000, 6))
        for what, promised, measured in times
        if promised is not None
    ]
    most = objectives.database.connections
    promise = f"at most {most} connections, the peer's included"
    return [*found, _under(promise, max(each.connections for each in ours), most + 1)]


def markdown(table: Iterable[Row], verdict: Iterable[Target]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = tables.figures(table)
    return "\n".join([*lines, "", *tables.promises(verdict, "Objective, worst round")]) + "\n"


def _under(promise: str, measured: float, limit: float) -> Target:
    return Target(promise, measured, measured < limit)


def _member(name: str, key: str) -> Callable[[Sample], float]:
    return lambda sample: float(getattr(sample, name)[key])


def _row(
    figure: str, unit: str, samples: Sequence[Sample], pick: Callable[[Sample], float]
) -> Row:
    return tables.row(_WORK, figure, unit, samples, pick)
