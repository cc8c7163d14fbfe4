"""Samples of rendering -> medians, spreads, ratios, the two promises, and their tables."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Final

from bench import table as tables
from bench.render.measure import Sample
from bench.table import Row, Target

PROMISED: Final = {3: 1.0, 500: 10.0}
"""Seconds of work that rendering so many services may take at the most."""
ALONE: Final = "CPU, reading the file and making all objects"


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Return the medians of all rounds, side by side; ours alone has no other side."""
    found = []
    for services in sorted({each.services for each in samples}):
        sides = {
            side: [each for each in samples if (each.services, each.side) == (services, side)]
            for side in ("ours", "theirs")
        }
        title = f"{services} services"
        for figure, pick in (("CPU, whole command", "cpu"), ("time, whole command", "wall")):
            of = {side: [getattr(each, pick) for each in all_] for side, all_ in sides.items()}
            found.append(_row(title, figure, of["ours"], of["theirs"]))
        alone = [each.objects + each.load for each in sides["ours"]]
        found.append(_row(title, ALONE, alone, []))
    return found


def targets(table: Iterable[Row]) -> list[Target]:
    """Hold what ours takes alone against what is promised."""
    by_name = {row.scenario: row.ours for row in table if row.figure == ALONE}
    return [
        Target(
            f"{services} services take less than {most:g} s of work",
            by_name[f"{services} services"],
            by_name[f"{services} services"] < most,
        )
        for services, most in PROMISED.items()
        if f"{services} services" in by_name
    ]


def markdown(table: Iterable[Row], verdict: Iterable[Target], equal: Mapping[int, int]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        "| Work | Figure, s | Groundplan | Helm | Ratio | Spread |",
        "|---|---|---:|---:|---:|---:|",
        *map(_line, table),
        "",
        *(
            f"Objects that both made alike, of {n} services: {count}."
            for n, count in equal.items()
        ),
        "",
        *tables.promises(verdict),
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    there = f"{row.theirs:.3f} | {row.ratio:.2f}" if row.theirs else "|"
    spread = (
        f"{row.spread_ours:.0%}, {row.spread_theirs:.0%}"
        if row.theirs
        else f"{row.spread_ours:.0%}"
    )
    return f"| {row.scenario} | {row.figure} | {row.ours:.3f} | {there} | {spread} |"


def _row(title: str, figure: str, ours: Sequence[float], theirs: Sequence[float]) -> Row:
    here, spread_here = _middle(ours)
    there, spread_there = _middle(theirs)
    return Row(title, figure, "s", here, there, spread_here, spread_there)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and (highest - lowest) / median; zeros where there is nothing."""
    if not values:
        return 0.0, 0.0
    middle = median(values)
    spread = (max(values) - min(values)) / middle if middle else 0.0
    return round(middle, 4), round(spread, 3)
