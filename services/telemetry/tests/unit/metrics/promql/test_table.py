"""Series that stand in the same sheets one after the other."""

from array import array

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import table
from groundplan_telemetry.metrics.promql.sheet import Held, gathered
from groundplan_telemetry.metrics.promql.values import STALE, Samples

NAMES = {number: labels.of({"n": str(number)}) for number in (1, 2, 3)}


def _sheet(start: int, **columns: list[float]) -> Held:
    numbers = array("q", [int(name[1:]) for name in columns])
    (first, *_) = columns.values()
    times = array("q", range(start, start + len(first)))
    return Held(numbers, times, array("q"), [array("d", each) for each in columns.values()])


def test_sheets_follow_each_other() -> None:
    """Series of the same sheets make a table; rows are picked out of each."""
    sheets = [_sheet(10, n1=[1, 2], n2=[3, 4]), _sheet(20, n1=[5, 6], n2=[7, 8], n3=[9, 9])]
    both, late = table.tables(NAMES, sheets, 0, 99)
    assert ([NAMES[1], NAMES[2]], [NAMES[3]]) == (both.labels, late.labels)
    assert ([10, 11, 20, 21], [20, 21]) == (list(both.times), list(late.times))
    assert {1: [2, 4], 2: [5, 7]} == {at: list(row) for at, row in both.rows([2, 1]).items()}
    assert {0: [9]} == {at: list(row) for at, row in late.rows([0]).items()}


def test_a_time_is_cut_out_and_counts_once() -> None:
    """Both ends belong to a time; where sheets overlap the samples are there once."""
    sheets = [_sheet(10, n1=[0, 1, 2]), _sheet(10, n1=[0, 1, 2, 3, 4])]
    (found,) = table.tables(NAMES, sheets, 11, 13)
    assert [11, 12, 13] == list(found.times)
    assert [1, 2, 3] == [row[0] for _, row in sorted(found.rows([0, 1, 2]).items())]
    (whole,) = table.series(NAMES, sheets, 11, 13)
    assert ([11, 12, 13], [1, 2, 3]) == (list(whole.times), list(whole.values))


def test_losses_are_known_within_sheets_and_between_them() -> None:
    """A counter that begins anew within a sheet or between two loses what it had."""
    sheets = [_sheet(10, n1=[7, 2, 9], n2=[1, 1, 1]), _sheet(20, n1=[3, 1], n2=[1, 1])]
    (found,) = table.tables(NAMES, sheets, 0, 99)
    assert [(1, [7, 0]), (3, [9, 0]), (4, [3, 0])] == [
        (at, list(sums)) for at, sums in found.lost()
    ]


def test_losses_before_a_time_do_not_count() -> None:
    """What was lost in a sheet before the time began is none of its business."""
    (found,) = table.tables(NAMES, [_sheet(10, n1=[7, 2, 9, 4])], 12, 99)
    assert [(1, [9])] == [(at, list(sums)) for at, sums in found.lost()]


def test_samples_as_tables_and_back() -> None:
    """Marks of an end are not in a table, and are among a series' samples."""
    values = array("d", [1.0, STALE, 3.0])
    given = Samples(NAMES[1], array("q", [1, 2, 3]), values)
    (found,) = table.of([given])
    assert [1, 3] == list(found.times)
    sheets = gathered([(1, given.times, given.values)])
    (again,) = table.series(NAMES, sheets, 0, 9)
    assert values.tobytes() == again.values.tobytes()
