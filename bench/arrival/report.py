"""Arrivals -> the table, and the promise that a trace is found soon."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from bench.arrival.measure import Arrival
from bench.table import Target, promises

SOON: Final = 2.0
"""Seconds."""


def failures(found: Sequence[Arrival], errors: Sequence[str]) -> list[str]:
    """Return what makes a run invalid, a line each: lost parts of traces, errors of the load."""
    lost = [
        f"{each.state}: no span of {', '.join(each.missing)} within {each.seconds:.0f} s"
        for each in found
        if each.missing
    ]
    return lost + list(errors)


def targets(found: Sequence[Arrival]) -> list[Target]:
    """Hold the slowest of each state against the promise."""
    return [
        Target(
            f"{state}: every trace is whole within {SOON:g} s",
            slowest := max(_seconds(found, state)),
            slowest <= SOON,
        )
        for state in _states(found)
    ]


def markdown(found: Sequence[Arrival]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        "| State | Requests followed | Median, s | Slowest, s |",
        "|---|---:|---:|---:|",
        *(_line(state, _seconds(found, state)) for state in _states(found)),
        "",
        *promises(targets(found)),
    ]
    return "\n".join(lines) + "\n"


def _states(found: Sequence[Arrival]) -> list[str]:
    return list(dict.fromkeys(each.state for each in found))


def _seconds(found: Sequence[Arrival], state: str) -> list[float]:
    return [each.seconds for each in found if each.state == state]


def _line(state: str, seconds: Sequence[float]) -> str:
    return f"| {state} | {len(seconds)} | {median(seconds):.2f} | {max(seconds):.2f} |"
