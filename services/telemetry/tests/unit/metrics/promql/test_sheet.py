"""Samples that were taken at the same moments."""

from array import array

from groundplan_telemetry.metrics.promql import sheet
from groundplan_telemetry.metrics.promql.sheet import Held
from groundplan_telemetry.metrics.promql.values import STALE, is_stale


def _piece(number: int, start: int, *values: float) -> sheet.Piece:
    return number, array("q", range(start, start + len(values))), array("d", values)


def test_series_with_the_same_moments_stand_together() -> None:
    """A sheet has those that were sampled together, and ended together, the earliest first."""
    found = sheet.gathered(
        [
            _piece(1, 20, 1, 2),
            _piece(2, 20, 3, 4),
            _piece(3, 10, 5, 6),
            _piece(4, 20, 7, STALE),
        ]
    )
    assert [[3], [1, 2], [4]] == [list(each.numbers) for each in found]
    assert [[10, 11], [20, 21], [20]] == [list(each.times) for each in found]
    assert [[], [], [21]] == [list(each.ends) for each in found]


def test_a_sheet_is_not_wider_than_it_may_be() -> None:
    """More series than a sheet holds make several."""
    every = [_piece(number, 1, 1.0) for number in range(sheet.MOST_SERIES + 1)]
    assert [sheet.MOST_SERIES, 1] == [len(each.numbers) for each in sheet.gathered(every)]


def test_samples_come_back_with_their_ends() -> None:
    """Marks of an end stand where they were."""
    (found,) = sheet.gathered([_piece(1, 5, 1.0, STALE, 3.0, STALE)])
    ((times, values),) = found.samples([0])
    assert [5, 6, 7, 8] == list(times)
    assert [False, True, False, True] == [is_stale(value) for value in values]
    assert (5, 8) == (found.start, found.stop)


def test_what_counters_lose_is_known() -> None:
    """At each fall stands what is lost there; what only rises loses nothing."""
    times, none = array("q", range(5)), array("q")
    columns = [array("d", [1, 5, 2, 4, 0]), array("d", [1, 2, 3, 4, 5])]
    held = Held(array("q", [1, 2]), times, none, columns)
    assert [(2, [5, 0]), (4, [4, 0])] == [(at, list(sums)) for at, sums in held.lost()]
    assert [] == Held(array("q", [2]), times, none, columns[1:]).lost()


def test_marks_of_an_end_are_parted_from_samples() -> None:
    """A value that is no number stays; a mark of an end goes apart."""
    times, values = array("q", [1, 2, 3]), array("d", [1.0, STALE, float("nan")])
    living, found, ends = sheet.parted(times, values)
    assert ([1, 3], 1.0, [2]) == (list(living), found[0], list(ends))
    assert found[1] != found[1]
