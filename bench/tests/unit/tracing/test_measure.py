"""Sides take turns so that drift falls on all alike."""

from collections import Counter

import pytest

from bench.rounds import Sample
from bench.stack import BenchError
from bench.tracing import measure
from bench.tracing.measure import BARE, CONTROL, SIDES, TRACED


def _sample(side: str, gateway: float, errors: int = 0) -> Sample:
    cpu = {"gateway": gateway, "backend": 200.0}
    return Sample("list", side, 0, 100, 10.0, 1, 2, 3, {"status": errors}, cpu)


@pytest.mark.parametrize("number", range(6))
def test_a_block_goes_there_and_back(number: int) -> None:
    """Every side is twice in it, and their places have the same middle."""
    turns = measure.order(number)
    assert Counter(dict.fromkeys(SIDES, 2)) == Counter(turns)
    assert turns == tuple(reversed(turns))


def test_each_side_begins_once_in_three_blocks() -> None:
    """Whoever comes first after a pause is not always the same."""
    assert set(SIDES) == {measure.order(number)[0] for number in range(3)}


def test_drift_falls_on_all_alike() -> None:
    """Turns that become costlier evenly make a block in which all sides cost the same."""
    samples = [_sample(side, 100.0 + at) for at, side in enumerate(measure.order(0))]
    found = measure.block(7, samples)
    assert [302.5] * 3 == [found.of(side, "") for side in (TRACED, BARE, CONTROL)]
    assert (7, 600, 102.5) == (found.run, found.requests, found.of(BARE, "gateway"))


def test_a_failed_request_ends_the_measurement() -> None:
    """Negative control: refusals are cheap, and would flatter who refuses."""
    samples = [_sample(side, 100.0, errors=side == BARE) for side in measure.order(0)]
    with pytest.raises(BenchError, match="list round 0 without"):
        measure.block(1, samples)


def test_stores_make_no_difference() -> None:
    """What they do meanwhile for others falls on all sides alike."""
    cpu = {
        side: {"gateway": 100.0, "database": busy}
        for side, busy in zip(SIDES, (10, 20, 60), strict=True)
    }
    found = measure.Block("list", 1, 600, cpu)
    assert [130.0] * 3 == [found.of(side, "") for side in SIDES]
    assert 60.0 == found.of(CONTROL, "database")
