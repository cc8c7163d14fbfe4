"""Columns, grids and the mark of a series' end."""

import math
from array import array

import pytest

from groundplan_telemetry.metrics.promql.values import STALE, Grid, Row, is_stale, merged


def test_the_mark_of_an_end_survives_copies() -> None:
    """The mark is told from other NaNs, also after it went through bytes."""
    copied = array("d", array("d", [STALE]).tobytes())[0]
    assert is_stale(STALE)
    assert is_stale(copied)
    assert not is_stale(math.nan)
    assert not is_stale(0.0)


def test_moments_are_a_step_apart() -> None:
    """A grid's moments begin at its start."""
    assert [5, 8, 11] == list(Grid(5, 3, 3).times)


def test_rows_of_the_same_labels_become_one() -> None:
    """Rows of one label set are joined where they have no moment in common."""
    rows = [Row((), [1.0, None]), Row((("a", "b"),), [3.0, 3.0]), Row((), [None, 2.0])]
    assert [Row((), [1.0, 2.0]), rows[1]] == merged(rows, "same")
    with pytest.raises(ValueError, match="same"):
        merged([Row((), [1.0]), Row((), [2.0])], "same")
