"""Doors of one gateway take turns, and each is told what its own turn has used."""

from collections import Counter
from collections.abc import Mapping
from itertools import permutations

import pytest

from bench.load import Load
from bench.stack import BenchError
from bench.tracing import measure
from bench.tracing.measure import BARE, CONTROL, DOORS, LOOK, STORES, TRACED, UNSAMPLED

LOOKS = {TRACED: 0.5, BARE: 0.1, CONTROL: 0.1}


def _turn(requests: int, gateway: float, errors: int = 0) -> tuple[Load, Mapping[str, float]]:
    seen = Load(requests, 1_000_000, 1, 2, 3, {"status": errors})
    return seen, {"gateway": gateway, STORES: 0.01}


def test_every_order_comes_as_often() -> None:
    """Whoever comes second finds the caches warmer than the first left them to the third."""
    assert dict.fromkeys(permutations(DOORS), 3) == Counter(measure.orders(1, 18))


def test_orders_follow_no_beat() -> None:
    """What comes every few seconds would else always meet the same one."""
    first, second = measure.orders(1, 18), measure.orders(2, 18)
    assert first != second
    assert not first[:6] == first[6:12] == first[12:]


def test_a_request_costs_what_its_turn_used() -> None:
    """By the requests of this turn, however many the others had."""
    turns = {TRACED: _turn(100, 0.01), BARE: _turn(200, 0.02), CONTROL: _turn(400, 0.03)}
    found = measure.block("list", 7, turns, LOOKS)
    assert [100.0, 100.0, 75.0] == [found.of(door, "gateway") for door in DOORS]
    assert ("list", 7, 700) == (found.scenario, found.run, found.requests)


def test_stores_make_no_difference() -> None:
    """They work for the platform too, whoever's turn it is: what they do falls on all alike."""
    turns = {TRACED: _turn(100, 0.01), BARE: _turn(200, 0.02), CONTROL: _turn(300, 0.03)}
    found = measure.block("list", 7, turns, LOOKS)
    assert [50.0] * 3 == [found.of(door, STORES) for door in DOORS]


def test_the_look_of_services_is_part_of_the_whole() -> None:
    """It cannot be taken out of a running service, so it is added."""
    turns = {door: _turn(100, 0.01) for door in DOORS}
    found = measure.block("list", 1, turns, LOOKS)
    assert [0.5, 0.1, 0.1] == [found.of(door, LOOK) for door in DOORS]
    assert [200.5, 200.1, 200.1] == [found.of(door, "") for door in DOORS]


@pytest.mark.parametrize("is_on", [True, False])
def test_a_look_takes_time(is_on: bool) -> None:
    """How much is for a quiet machine to say."""
    assert measure.look(is_on=is_on) > 0


def test_only_who_has_an_endpoint_looks() -> None:
    """Negative control: of two that do the same the difference would be nothing."""
    sampled = UNSAMPLED[:-1] + "1"
    assert measure.recorder(is_on=True).begin(sampled) is not None
    assert measure.recorder(is_on=False).begin(sampled) is None


@pytest.mark.parametrize("is_on", [True, False])
def test_nobody_keeps_what_is_not_sampled(is_on: bool) -> None:
    """What is measured is the look alone."""
    assert measure.recorder(is_on=is_on).begin(UNSAMPLED) is None


@pytest.mark.parametrize("failed", [_turn(200, 0.01, errors=1), _turn(0, 0.01)])
def test_a_failed_request_ends_the_measurement(
    failed: tuple[Load, Mapping[str, float]],
) -> None:
    """Negative control: refusals are cheap, and would flatter who refuses."""
    turns = {TRACED: _turn(100, 0.01), BARE: failed, CONTROL: _turn(300, 0.01)}
    with pytest.raises(BenchError, match="list, without"):
        measure.block("list", 1, turns, LOOKS)
