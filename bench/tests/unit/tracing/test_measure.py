"""Sides are under load at once, and what they share falls on all alike."""

from collections.abc import Mapping

import pytest

from bench.load import Load
from bench.stack import BenchError
from bench.tracing import measure
from bench.tracing.measure import BARE, CONTROL, SIDES, STORES, TRACED


def _seen(requests: int, errors: int = 0) -> Load:
    return Load(requests, 1_000_000, 1, 2, 3, {"status": errors})


def _used(gateway: Mapping[str, float]) -> dict[tuple[str, str], float]:
    return {("", STORES): 0.03, **{(side, "gateway"): cpu for side, cpu in gateway.items()}}


def test_everybody_is_first_once_in_three_blocks() -> None:
    """Whoever is asked first has a moment alone."""
    assert set(SIDES) == {measure.order(number)[0] for number in range(3)}
    assert {frozenset(SIDES)} == {frozenset(measure.order(number)) for number in range(3)}


def test_a_request_costs_what_its_side_used() -> None:
    """By the requests that this side answered, however many the others did."""
    seen = {TRACED: _seen(100), BARE: _seen(200), CONTROL: _seen(300)}
    used = _used({TRACED: 0.01, BARE: 0.02, CONTROL: 0.03})
    found = measure.block("list", 7, seen, used)
    assert [100.0] * 3 == [found.of(side, "gateway") for side in SIDES]
    assert ("list", 7, 600) == (found.scenario, found.run, found.requests)


def test_stores_make_no_difference() -> None:
    """What they do falls on all requests alike."""
    seen = {TRACED: _seen(100), BARE: _seen(200), CONTROL: _seen(300)}
    found = measure.block("list", 7, seen, _used({TRACED: 0.02, BARE: 0.02, CONTROL: 0.03}))
    assert [50.0] * 3 == [found.of(side, STORES) for side in SIDES]
    assert [250.0, 150.0, 150.0] == [found.of(side, "") for side in SIDES]


@pytest.mark.parametrize("failed", [_seen(200, errors=1), _seen(0)])
def test_a_failed_request_ends_the_measurement(failed: Load) -> None:
    """Negative control: refusals are cheap, and would flatter who refuses."""
    seen = {TRACED: _seen(100), BARE: failed, CONTROL: _seen(300)}
    with pytest.raises(BenchError, match="list, without"):
        measure.block("list", 1, seen, _used(dict.fromkeys(SIDES, 0.01)))
