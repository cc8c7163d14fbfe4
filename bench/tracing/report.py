"""Samples of both sides -> processor time a request, what traces add to it, and the promise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.rounds import Sample
from bench.table import Target

TRACED: Final = "with traces"
BARE: Final = "without"
MOST: Final = 0.05
"""The share of a request's processor time that traces may cost where it is not sampled."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one kind of work costs on both sides, in microseconds of processor time."""

    scenario: str
    tier: str
    traced: float
    bare: float

    @property
    def share(self) -> float:
        """What traces add, as a share of what the request costs without them."""
        return self.traced / self.bare - 1


def costs(samples: Sequence[Sample]) -> list[Cost]:
    """Return the medians of all rounds by tier, and those of the whole request."""
    found = []
    for scenario in dict.fromkeys(each.scenario for each in samples):
        of = [each for each in samples if each.scenario == scenario]
        found += [_cost(scenario, tier, of) for tier in (*of[0].cpu, "")]
    return found


def targets(table: Iterable[Cost]) -> list[Target]:
    """Hold whole requests against the promise."""
    return [
        Target(
            f"{each.scenario}: at most {MOST:.0%} of a request that is not sampled",
            round(each.share, 4),
            each.share <= MOST,
        )
        for each in table
        if not each.tier
    ]


def markdown(table: Iterable[Cost], verdict: Iterable[Target]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        "| Work | CPU of | With traces, us | Without, us | More |",
        "|---|---|---:|---:|---:|",
    ]
    lines += [
        f"| {each.scenario} | {each.tier or '**all**'} | {each.traced:.0f} | {each.bare:.0f} "
        f"| {each.share:+.1%} |"
        for each in table
    ]
    lines += ["", "| Target | Measured | Reached |", "|---|---:|---|"]
    lines += [
        f"| {each.promise} | {each.measured:.1%} | {'yes' if each.reached else 'no'} |"
        for each in verdict
    ]
    return "\n".join(lines) + "\n"


def _cost(scenario: str, tier: str, samples: Iterable[Sample]) -> Cost:
    sides: dict[str, list[float]] = {TRACED: [], BARE: []}
    for each in samples:
        sides[each.side].append(each.cpu[tier] if tier else sum(each.cpu.values()))
    return Cost(scenario, tier, median(sides[TRACED]), median(sides[BARE]))
