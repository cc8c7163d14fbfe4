"""Outages are held against the health around them, and the control against them all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bench.outage import report
from bench.outage.measure import Turn
from bench.outage.page import Count
from bench.outage.report import BROKEN, KEPT, NOISE
from bench.outage.witness import Shown

PAGES = Count(asked=14, answered=0, off=13, slowest=1.9)


def turn(scene: str, p99: float, **other: Any) -> Turn:
    """Return a turn of a thousand requests."""
    known: dict[str, Any] = {"sent": 1000, "errors": (), "page": PAGES}
    return Turn("here", scene, 1, 0.0, 6.0, 1000, 2.0, 5.0, p99, **{**known, **other})


def played(without: float, noise: float = 20.0, **other: Any) -> list[report.Scene]:
    """Return what two rounds of a control and one outage make, with 20 ms in health."""
    control, outage = turn("control: nothing", noise), turn("store killed", without, **other)
    well = turn("", 20.0)
    return report.scenes([well, *(control, well, outage, well) * 2])


def judged(found: Sequence[report.Scene]) -> str:
    """Return the verdict on the outage."""
    return report.verdict(found[1].p99, found[:1])


def test_an_outage_that_nobody_feels_is_kept() -> None:
    """The p99 is 5 % longer at the most, whichever turn it is held against."""
    assert KEPT == judged(played(20.9))


def test_a_sender_that_blocks_is_seen() -> None:
    """Positive control: requests that wait for whoever is away make the p99 longer."""
    assert BROKEN == judged(played(2000.0))


def test_what_the_control_shows_too_is_noise() -> None:
    """A longer p99 says nothing where one as long came while nothing was away."""
    assert [NOISE, BROKEN] == [judged(played(each, noise=26.0)) for each in (25, 27)]


def test_turns_that_disagree_are_noise() -> None:
    """Longer than the turn before, and shorter than the one after: nobody can tell."""
    unsteady = [turn("", 10.0), turn("store killed", 20.0), turn("", 40.0)] * 2
    assert NOISE == report.verdict(report.scenes(unsteady)[0].p99, [])


def test_two_turns_are_not_enough() -> None:
    """A quick look judges nothing that was played once."""
    once = [turn("", 20.0), turn("store killed", 2000.0), turn("", 20.0)]
    assert NOISE == report.verdict(report.scenes(once)[0].p99, [])


def test_all_outages_are_judged_together() -> None:
    """More turns tell more; the control is not among them."""
    turns = [turn("", 20.0)]
    for p99 in (19.0, 20.5, 25.0, 18.0, 20.0, 19.5, 20.4) * 2:
        turns += [turn(f"outage {p99}", p99), turn("", 20.0)]
    found = report.scenes([*turns, turn("control", 90.0), turn("", 20.0)])
    assert (1.0, KEPT) == (
        report.together(found).ratio,
        report.verdict(report.together(found), []),
    )


def test_one_failed_request_breaks_the_promise() -> None:
    """However quick the others were, and also in the turn of health that follows."""
    found = played(20.0, errors=["read: answered 503"])
    latencies, *_ = report.markdown(found).split("\n\n")
    assert (0, 2) == (latencies.count("| within noise |"), latencies.count("| no |"))
    assert ["here, store killed: 2 of 2000, read: answered 503"] == report.failures(found)
    late = turn("", 20.0, errors=["list: TimeoutError"])
    (after,) = report.scenes([turn("", 20.0), turn("store killed", 20.0), late])
    assert ["list: TimeoutError"] == after.errors


def test_ratios_are_those_of_neighbouring_turns() -> None:
    """A machine that becomes slower does not look like an outage."""
    drifting = [turn("", 10.0), turn("store killed", 20.0), turn("", 40.0)]
    (found,) = report.scenes(drifting)
    assert ([[2.0, 0.5]], 1.25) == (found.p99.ratios, found.p99.ratio)


def test_what_was_lost_and_how_it_is_shown_are_added_up() -> None:
    """Of all rounds; what nobody lost is not named."""
    spans = {"sent": 90.0, "queue_full": 7.0, "capped": 0.0}
    lost = turn("store killed", 20.0, spans=spans, shown=Shown(0, ["all: stopped"]))
    (found,) = report.scenes([turn("", 20.0), lost, turn("", 20.0), lost, turn("", 20.0)])
    assert (180.0, {"queue_full": 14.0}) == (found.spans_sent, found.lost)
    assert (0, ["all: stopped"]) == (found.samples, found.gaps)
    assert replace(PAGES, asked=28, off=26) == found.page


def test_each_promise_can_be_broken() -> None:
    """A failed request, a page that waits, and a sample from nowhere are seen."""
    well = Count(asked=14, answered=1, off=13, slowest=1.9)
    assert [True] * 3 == reached(page=well)
    assert [False, True, True] == reached(page=well, errors=["read: answered 503"])
    assert [True, False, True] == reached()
    assert [True, True, False] == reached(page=well, shown=Shown(4, []))


def reached(**other: Any) -> list[bool]:
    """Return which promises an outage keeps; the control's own figures do not count."""
    return [each.reached for each in report.targets(played(20.0, **other))]


def test_the_tables_show_what_users_saw() -> None:
    """Requests, errors, latencies in both states, the ratio with its spread, and the verdict."""
    shown = report.markdown(played(21.0))
    assert "| here: store killed | 2,000 | 0 | 2.0 → 2.0 | 5.0 → 5.0 | 20.0 → 21.0 " in shown
    assert "| 1.05 (1.05 to 1.05) | yes |" in shown
    assert "| 1.00 (1.00 to 1.00) |  |" in shown
    assert "| **all outages** | 2,000 | 0 | | | 20.0 → 21.0 | 1.05 (1.05 to 1.05) | yes |" in shown
    assert "| here: store killed | 28 | 0 | 26 | 2 | 1.90 | 0 | none |  | none |" in shown


@pytest.mark.parametrize(("place", "expected"), [("here", NOISE), ("there", BROKEN)])
def test_a_control_is_for_its_own_place(place: str, expected: str) -> None:
    """Noise of one place is no excuse for another."""
    noisy = [replace(turn(name, p99), place=place) for name, p99 in (("", 20), ("control", 60))]
    quiet = [turn(name, p99) for name, p99 in (("", 20.0), ("killed", 40.0), ("", 20.0))]
    shown = report.markdown(report.scenes([*noisy, noisy[0], *quiet] * 2))
    (line,) = [each for each in shown.splitlines() if "here: killed | 2,0" in each]
    assert line.endswith(f"| {expected} |")
