"""Blocks -> what traces add to a request, how sure that is, and whether the promise is kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from bench import interval
from bench.tracing.measure import BARE, CONTROL, TRACED, Block

MOST: Final = 0.05
"""The share of a request's processor time that traces may cost where it is not sampled."""

ENOUGH: Final = 6
"""Blocks below which bounds are too narrow to hold anything with 95 %."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a door costs more than without a tracer, as a share: the middle, and its bounds."""

    middle: float
    low: float
    high: float
    blocks: int


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of work in one tier, or in all of them; microseconds of processor time."""

    scenario: str
    tier: str
    traced: float
    bare: float
    more: Change
    control: Change
    """Of the door that has no tracer either: what is measured where there is nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise, and whether what was measured keeps it; `unsure` where it cannot tell."""

    promise: str
    more: Change
    reached: str


def costs(blocks: Sequence[Block]) -> list[Cost]:
    """Return each kind of work by tier, and the whole request."""
    found = []
    for scenario in dict.fromkeys(each.scenario for each in blocks):
        mine = [each for each in blocks if each.scenario == scenario]
        found += [_cost(scenario, tier, mine) for tier in (*mine[0].cpu[BARE], "")]
    return found


def verdicts(table: Iterable[Cost]) -> list[Verdict]:
    """Hold whole requests against the promise, bounds and all."""
    return [
        Verdict(
            f"{each.scenario}: at most {MOST:.0%} of a request that is not sampled",
            each.more,
            _reached(each.more),
        )
        for each in table
        if not each.tier
    ]


def markdown(table: Iterable[Cost], found: Iterable[Verdict]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        "| Work | CPU of | With traces, us | Without, us | More | Control |",
        "|---|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {each.scenario} | {each.tier or '**all**'} | {each.traced:.1f} | {each.bare:.1f} "
        f"| {_written(each.more)} | {_written(each.control)} |"
        for each in table
    ]
    lines += ["", "| Target | Measured | Reached |", "|---|---:|---|"]
    lines += [f"| {each.promise} | {_written(each.more)} | {each.reached} |" for each in found]
    return "\n".join(lines) + "\n"


def _cost(scenario: str, tier: str, blocks: Sequence[Block]) -> Cost:
    return Cost(
        scenario,
        tier,
        traced=round(median(each.of(TRACED, tier) for each in blocks), 2),
        bare=round(median(_bare(each, tier) for each in blocks), 2),
        more=_change(blocks, lambda each: (each.of(TRACED, tier), _bare(each, tier))),
        control=_change(blocks, lambda each: (each.of(CONTROL, tier), each.of(BARE, tier))),
    )


def _bare(block: Block, tier: str) -> float:
    """Return what a request costs without a tracer; two doors have none."""
    return fmean(block.of(door, tier) for door in (BARE, CONTROL))


def _change(blocks: Sequence[Block], pick: Callable[[Block], tuple[float, float]]) -> Change:
    """Compare within blocks, in which every door has its turn in the same seconds."""
    runs: dict[int, list[float]] = {}
    for each in blocks:
        cost, bare = pick(each)
        runs.setdefault(each.run, []).append(cost / bare - 1 if bare else 0.0)
    shares = [share for run in runs.values() for share in run]
    low, high = interval.of_mean(list(runs.values()))
    return Change(round(fmean(shares), 4), round(low, 4), round(high, 4), len(shares))


def _reached(more: Change) -> str:
    if more.blocks < ENOUGH or more.low <= MOST < more.high:
        return "unsure"
    return "yes" if more.high <= MOST else "no"


def _written(change: Change) -> str:
    return f"{change.middle:+.1%} ({change.low:+.1%} to {change.high:+.1%})"
