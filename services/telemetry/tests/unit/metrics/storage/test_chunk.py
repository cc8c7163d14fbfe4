"""Samples as few bytes."""

import math
import random
from array import array

import pytest

from groundplan_telemetry.metrics.promql.values import STALE, is_stale
from groundplan_telemetry.metrics.storage import chunk

TIMES = array("q", range(1_700_000_000_000, 1_700_000_600_000, 5000))
CHANCE = random.Random(1)


@pytest.mark.parametrize(
    "values",
    [
        [0.0] * 120,
        [float(at) for at in range(120)],
        [-1.0, 2.0**52, -(2.0**52), 3.0] * 30,
        [CHANCE.gauss(0, 1) for _ in range(120)],
        [math.inf, -math.inf, 1e300, 0.1] * 30,
    ],
)
def test_samples_come_back_as_they_were(values: list[float]) -> None:
    """Whole numbers and others are unpacked to what was packed."""
    times, found = chunk.unpack(chunk.pack(TIMES, array("d", values)))
    assert (list(TIMES), values) == (list(times), list(found))


def test_one_sample_and_marks_of_an_end() -> None:
    """A single sample is a chunk too, and the mark of an end stays one."""
    _, found = chunk.unpack(chunk.pack(TIMES[:1], array("d", [STALE])))
    assert [True] == [is_stale(value) for value in found]


def test_what_stands_still_costs_next_to_nothing() -> None:
    """Ten minutes of a counter that stands still take less than half a byte a sample."""
    assert len(chunk.pack(TIMES, array("d", [7.0] * 120))) < 60
    assert len(chunk.pack(TIMES, array("d", [CHANCE.random() for _ in TIMES]))) > 600
