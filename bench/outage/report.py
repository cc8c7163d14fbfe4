"""Turns with and without telemetry -> what users saw of it, and whether the promise is kept.

Each turn without is held against the turns of health right before and right after it. The
control, in which nothing is taken, says how far apart two such turns are on this machine anyway.
One outage has few turns, and the p99 of a turn is of ten requests: all outages together tell
more than each.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench import interval
from bench.outage.measure import Turn
from bench.outage.page import Count
from bench.outage.witness import SENT
from bench.table import Target, promises

MOST: Final = 1.05
"""How much longer the p99 may be, at the most."""
ENOUGH: Final = 4
"""Ratios below which nothing is judged; of four, the bounds are the lowest and the highest."""
CONTROL: Final = "control"
KEPT: Final = "yes"
BROKEN: Final = "no"
NOISE: Final = "within noise"


@dataclass(frozen=True, slots=True)
class Figure:
    """One percentile in milliseconds, well and without; ratios of neighbouring turns."""

    name: str
    well: float
    without: float
    ratios: Sequence[Sequence[float]]
    """Of each turn without: to the turn before, and to the one after."""

    @property
    def ratio(self) -> float:
        """The middle of the ratios."""
        return round(median(each for turn in self.ratios for each in turn), 3)

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which the middle lies."""
        return interval.of_median(self.ratios)


@dataclass(frozen=True, slots=True)
class Scene:
    """What one outage was, of all rounds."""

    place: str
    name: str
    sent: int
    requests: Sequence[int]
    """That the percentiles of each turn are made of."""
    errors: Sequence[str]
    figures: Sequence[Figure]
    page: Count
    spans_sent: float
    lost: dict[str, float]
    samples: int | None
    """Of `up` within the outage, where a store tells."""
    gaps: Sequence[str]

    @property
    def p99(self) -> Figure:
        """The figure of the promise."""
        return self.figures[-1]

    @property
    def is_control(self) -> bool:
        """Whether nothing was taken."""
        return self.name.startswith(CONTROL)


def scenes(turns: Sequence[Turn]) -> list[Scene]:
    """Return what each scene was, in the order in which they were first played."""
    keys = dict.fromkeys((each.place, each.scene) for each in turns if each.scene)
    return [_scene(turns, *key) for key in keys]


def together(found: Iterable[Scene]) -> Figure:
    """Return the p99 of all outages, without the controls."""
    outages = [each.p99 for each in found if not each.is_control]
    return Figure(
        "p99",
        well=round(median(each.well for each in outages), 2),
        without=round(median(each.without for each in outages), 2),
        ratios=[turn for each in outages for turn in each.ratios],
    )


def verdict(figure: Figure, controls: Iterable[Scene]) -> str:
    """Say whether a p99 is 5 % longer at the most; noise where the bounds hold both.

    A longer one that the control shows as well is noise too.
    """
    low, high = figure.bounds
    if sum(len(turn) for turn in figure.ratios) < ENOUGH:
        return NOISE
    if high <= MOST:
        return KEPT
    noise = [turn for one in controls for turn in one.p99.ratios]
    nothing = interval.of_median(noise)[1] if noise else MOST
    return BROKEN if low > MOST and figure.ratio > nothing else NOISE


def failures(found: Iterable[Scene]) -> list[str]:
    """Return the requests of users that failed, a line a scene."""
    return [
        f"{each.place}, {each.name}: {len(each.errors)} of {each.sent}, {each.errors[0]}"
        for each in found
        if each.errors
    ]


def targets(found: Iterable[Scene]) -> list[Target]:
    """Hold what has no noise against what is promised of an outage."""
    outages = [each for each in found if not each.is_control]
    errors = sum(len(each.errors) for each in outages)
    late = sum(each.page.other for each in outages)
    samples = sum(each.samples or 0 for each in outages)
    return [
        Target("no request of a user fails", errors, not errors),
        Target("pages are answered, or told in 2 s that signals are off", late, not late),
        Target("no sample is made up for the time of an outage", samples, not samples),
    ]


def markdown(found: Sequence[Scene]) -> str:
    """Return the tables of the reference page, as Markdown."""
    lines = [
        "| Without | Requests | Errors | p50, ms | p95, ms | p99, ms | Ratio of p99 | Kept |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
        *(_latencies(each, _controls(found, each)) for each in found),
        _all_of(found),
        "",
        "| Without | Pages asked | Answered | Said off within 2 s | Else | Slowest, s "
        "| Spans sent | Spans lost | Samples of `up` meanwhile | Gaps named |",
        "|---|---:|---:|---:|---:|---:|---:|---|---:|---|",
        *(_traces_left(each) for each in found),
        "",
        *promises(targets(found), "Target, how often it was missed"),
    ]
    return "\n".join(lines) + "\n"


def _scene(turns: Sequence[Turn], place: str, name: str) -> Scene:
    mine = [n for n, each in enumerate(turns) if (each.place, each.scene) == (place, name)]
    without = [turns[n] for n in mine]
    pairs = [[(turns[n], turns[n + step]) for step in (-1, 1)] for n in mine]
    around = {id(well): well for pair in pairs for _, well in pair}
    looks = [each.shown for each in without if each.shown is not None]
    return Scene(
        place=place,
        name=name,
        sent=sum(each.sent for each in without),
        requests=[each.requests for each in without],
        # An error of a turn of health is one of whoever was away before it, or of nobody.
        errors=[error for each in (*without, *around.values()) for error in each.errors],
        figures=[
            _figure("p50", pairs, lambda turn: turn.p50),
            _figure("p95", pairs, lambda turn: turn.p95),
            _figure("p99", pairs, lambda turn: turn.p99),
        ],
        page=_pages(without),
        spans_sent=_total(without, SENT),
        lost=_lost(without),
        samples=sum(each.samples for each in looks) if looks else None,
        gaps=sorted({gap for each in looks for gap in each.gaps}),
    )


def _figure(
    name: str, pairs: Sequence[Sequence[tuple[Turn, Turn]]], pick: Callable[[Turn], float]
) -> Figure:
    each = [pair for of_turn in pairs for pair in of_turn]
    return Figure(
        name,
        well=round(median(pick(well) for _, well in each), 2),
        without=round(median(pick(without) for without, _ in each), 2),
        ratios=[
            [round(pick(without) / pick(well), 3) for without, well in of_turn]
            for of_turn in pairs
        ],
    )


def _pages(turns: Sequence[Turn]) -> Count:
    return Count(
        asked=sum(each.page.asked for each in turns),
        answered=sum(each.page.answered for each in turns),
        off=sum(each.page.off for each in turns),
        slowest=max(each.page.slowest for each in turns),
    )


def _total(turns: Iterable[Turn], outcome: str) -> float:
    return sum(each.spans.get(outcome, 0.0) for each in turns)


def _lost(turns: Sequence[Turn]) -> dict[str, float]:
    names = dict.fromkeys(name for each in turns for name in each.spans if name != SENT)
    return {name: total for name in names if (total := _total(turns, name))}


def _controls(found: Iterable[Scene], scene: Scene) -> list[Scene]:
    return [each for each in found if each.is_control and each.place == scene.place]


def _latencies(scene: Scene, controls: Sequence[Scene]) -> str:
    times = " | ".join(f"{each.well:.1f} → {each.without:.1f}" for each in scene.figures)
    kept = BROKEN if scene.errors else verdict(scene.p99, controls)
    return (
        f"| {scene.place}: {scene.name} | {scene.sent:,} | {len(scene.errors)} | {times} "
        f"| {_ratio(scene.p99)} | {'' if scene.is_control else kept} |"
    )


def _all_of(found: Sequence[Scene]) -> str:
    outages = [each for each in found if not each.is_control]
    p99, errors = together(found), sum(len(each.errors) for each in outages)
    kept = BROKEN if errors else verdict(p99, [each for each in found if each.is_control])
    return (
        f"| **all outages** | {sum(each.sent for each in outages):,} | {errors} | | "
        f"| {p99.well:.1f} → {p99.without:.1f} | {_ratio(p99)} | {kept} |"
    )


def _ratio(figure: Figure) -> str:
    low, high = figure.bounds
    return f"{figure.ratio:.2f} ({low:.2f} to {high:.2f})"


def _traces_left(scene: Scene) -> str:
    lost = ", ".join(f"{count:,.0f} {name}" for name, count in scene.lost.items()) or "none"
    samples = "" if scene.samples is None else str(scene.samples)
    page = scene.page
    return (
        f"| {scene.place}: {scene.name} | {page.asked} | {page.answered} | {page.off} "
        f"| {page.other} | {page.slowest:.2f} | {scene.spans_sent:,.0f} | {lost} | {samples} "
        f"| {', '.join(scene.gaps) or 'none'} |"
    )
