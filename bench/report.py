"""Samples -> what they say: medians, spreads, ratios, the targets, and the tables that show them.

A run with one failed request is invalid; it has no verdict on the targets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.rounds import Sample
from bench.scenario import LIST, READ, SCENARIOS, Scenario

GATEWAY_SHARE: Final = 1 / 3
Memory = Mapping[str, Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one scenario on both sides; a spread is (highest - lowest) / median."""

    scenario: str
    figure: str
    unit: str
    ours: float
    theirs: float
    spread_ours: float
    spread_theirs: float

    @property
    def ratio(self) -> float:
        """Ours divided by theirs."""
        return self.ours / self.theirs if self.theirs else float("nan")


@dataclass(frozen=True, slots=True)
class Target:
    """A promise, the measured figure and whether it was reached."""

    promise: str
    measured: float
    reached: bool


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
    lines = [
        "| Work | Figure | Groundplan | Express | Ratio | Spread |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {titles[r.scenario]} | {r.figure}, {r.unit} | {r.ours:,.1f} | {r.theirs:,.1f} "
        f"| {r.ratio:.2f} | {r.spread_ours:.0%}, {r.spread_theirs:.0%} |"
        for r in table
    ]
    lines += ["", "| Memory (PSS), MiB | Groundplan | Express |", "|---|---:|---:|"]
    lines += [f"| {tier} | {ours} | {theirs} |" for tier, ours, theirs in _sizes(memory)]
    lines += ["", "| Target | Measured | Reached |", "|---|---:|---|"]
    lines += [f"| {t.promise} | {t.measured} | {'yes' if t.reached else 'no'} |" for t in verdict]
    return "\n".join(lines) + "\n"


def _rows_of(scenario: Scenario, samples: Sequence[Sample]) -> Iterable[Row]:
    sides = {
        side: [s for s in samples if (s.scenario, s.side) == (scenario.name, side)]
        for side in ("ours", "theirs")
    }
    yield _row(scenario, "throughput", "requests/s", sides, lambda s: s.per_second)
    yield _row(scenario, "p50", "ms", sides, lambda s: s.p50 / 1000)
    yield _row(scenario, "p95", "ms", sides, lambda s: s.p95 / 1000)
    yield _row(scenario, "p99", "ms", sides, lambda s: s.p99 / 1000)
    for tier in sides["ours"][0].cpu:
        yield _row(scenario, f"CPU {tier}", "us/request", sides, _cpu_of(tier))


def _cpu_of(tier: str) -> Callable[[Sample], float]:
    return lambda sample: sample.cpu[tier]


def _row(
    scenario: Scenario,
    figure: str,
    unit: str,
    sides: Mapping[str, Sequence[Sample]],
    pick: Callable[[Sample], float],
) -> Row:
    middle, spread = {}, {}
    for side, samples in sides.items():
        values = [pick(sample) for sample in samples]
        middle[side] = median(values)
        spread[side] = (max(values) - min(values)) / middle[side] if middle[side] else 0.0
    return Row(
        scenario.name,
        figure,
        unit,
        round(middle["ours"], 2),
        round(middle["theirs"], 2),
        round(spread["ours"], 3),
        round(spread["theirs"], 3),
    )


def _sizes(memory: Memory) -> Iterable[tuple[str, float, float]]:
    ours, theirs = memory["ours"], memory["theirs"]
    for tier in ours:
        yield tier, ours[tier]["pss"], theirs[tier]["pss"]
