"""Figures of two sides beside each other: medians, spreads, ratios, promises, and their tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one work on both sides; a spread is (highest - lowest) / median."""

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


class Sided(Protocol):
    """A sample that knows its side: `ours` or `theirs`."""

    @property
    def side(self) -> str:
        """Return the side."""


S = TypeVar("S", bound=Sided)


def row(
    work: str,
    figure: str,
    unit: str,
    samples: Sequence[S],
    pick: Callable[[S], float],
    digits: int = 3,
) -> Row:
    """Return one figure of all rounds, side by side."""
    middle, spread = {}, {}
    for side in ("ours", "theirs"):
        values = [pick(sample) for sample in samples if sample.side == side]
        middle[side] = round(median(values), digits)
        width = max(values) - min(values)
        spread[side] = round(width / middle[side], 3) if middle[side] else 0.0
    both = (middle["ours"], middle["theirs"], spread["ours"], spread["theirs"])
    return Row(work, figure, unit, *both)


def figures(table: Iterable[Row], places: int = 2) -> list[str]:
    """Return the lines of a Markdown table of one work."""
    lines = ["| Figure | Groundplan | Express | Ratio | Spread |", "|---|---:|---:|---:|---:|"]
    return lines + [f"| {_figure(each, places)} |" for each in table]


def works(table: Iterable[Row], titles: Callable[[str], str], places: int) -> list[str]:
    """Return the lines of a Markdown table of several works, by their titles."""
    lines = [
        "| Work | Figure | Groundplan | Express | Ratio | Spread |",
        "|---|---|---:|---:|---:|---:|",
    ]
    return lines + [f"| {titles(each.scenario)} | {_figure(each, places)} |" for each in table]


def promises(verdict: Iterable[Target], title: str = "Target") -> list[str]:
    """Return the lines of a Markdown table of promises."""
    lines = [f"| {title} | Measured | Reached |", "|---|---:|---|"]
    return lines + [
        f"| {each.promise} | {each.measured} | {'yes' if each.reached else 'no'} |"
        for each in verdict
    ]


def _figure(each: Row, places: int) -> str:
    return (
        f"{each.figure}, {each.unit} | {each.ours:,.{places}f} | {each.theirs:,.{places}f} "
        f"| {each.ratio:.2f} | {each.spread_ours:.0%}, {each.spread_theirs:.0%}"
    )
