"""Samples -> what they say: medians, spreads, ratios, the targets, and the tables that show them.

A run with one failed request is invalid; it has no verdict on the targets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from bench import table as tables
from bench.rounds import Sample
from bench.scenario import LIST, READ, SCENARIOS, Scenario
from bench.table import Row, Target

GATEWAY_SHARE: Final = 1 / 3
Memory = Mapping[str, Mapping[str, Mapping[str, float]]]


def failures(samples: Sequence[Sample]) -> list[str]:
    """Return what makes the run invalid, one line a sample."""
    return [
        f"{s.scenario} round {s.round} {s.side}: {s.requests} requests, errors {dict(s.errors)}"
        for s in samples
        if not s.is_valid
    ]


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Return the medians of all rounds, side by side."""
    return [row for scenario in SCENARIOS for row in _rows_of(scenario, samples)]


def targets(table: Sequence[Row]) -> list[Target]:
    """Hold the medians against the promised figures."""
    by_name = {(row.scenario, row.figure): row for row in table}
    found = []
    for scenario in (LIST, READ):
        gateway = by_name[scenario.name, "CPU gateway"].ratio
        found.append(
            Target(
                f"{scenario.name}: gateway tier uses at most 1/3 of the peer's CPU per request",
                round(gateway, 3),
                gateway <= GATEWAY_SHARE,
            )
        )
        gain = by_name[scenario.name, "throughput"].ratio
        least = scenario.least_gain or 0.0
        promise = f"{scenario.name}: throughput at least {least} times the peer's"
        found.append(Target(promise, round(gain, 2), gain >= least))
        tail = by_name[scenario.name, "p99"].ratio
        found.append(Target(f"{scenario.name}: lower p99", round(tail, 2), tail < 1))
    return found


def markdown(table: Sequence[Row], verdict: Sequence[Target], memory: Memory) -> str:
    """Return the tables of the reference page, as Markdown."""
    titles = {scenario.name: scenario.title for scenario in SCENARIOS}
    lines = tables.works(table, titles.__getitem__, 1)
    lines += ["", "| Memory (PSS), MiB | Groundplan | Express |", "|---|---:|---:|"]
    lines += [f"| {tier} | {ours} | {theirs} |" for tier, ours, theirs in _sizes(memory)]
    return "\n".join([*lines, "", *tables.promises(verdict)]) + "\n"


def _rows_of(scenario: Scenario, samples: Sequence[Sample]) -> Iterable[Row]:
    mine = [sample for sample in samples if sample.scenario == scenario.name]

    def row(figure: str, unit: str, pick: Callable[[Sample], float]) -> Row:
        return tables.row(scenario.name, figure, unit, mine, pick, digits=2)

    yield row("throughput", "requests/s", lambda s: s.per_second)
    yield row("p50", "ms", lambda s: s.p50 / 1000)
    yield row("p95", "ms", lambda s: s.p95 / 1000)
    yield row("p99", "ms", lambda s: s.p99 / 1000)
    for tier in mine[0].cpu:
        yield row(f"CPU {tier}", "us/request", _cpu_of(tier))


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]


def _sizes(memory: Memory) -> Iterable[tuple[str, float, float]]:
    ours, theirs = memory["ours"], memory["theirs"]
    for tier in ours:
        yield tier, ours[tier]["pss"], theirs[tier]["pss"]
