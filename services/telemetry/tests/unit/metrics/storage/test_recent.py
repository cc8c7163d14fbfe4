"""The small sheets that were read last."""

from array import array

from groundplan_telemetry.metrics.promql.sheet import Held
from groundplan_telemetry.metrics.storage import packed
from groundplan_telemetry.metrics.storage.packed import Packed
from groundplan_telemetry.metrics.storage.recent import Recent

TIMES = array("q", range(0, 600_000, 5000))


def _sheet(width: int = 1) -> Packed:
    columns = [array("d", [1.0] * len(TIMES))] * width
    return Packed.of(*packed.pack(Held(array("q", range(width)), TIMES, array("q"), columns)))


def test_what_was_asked_for_longest_ago_goes() -> None:
    """There is room for so many bytes, and who is asked for stays."""
    sheets = [_sheet() for _ in range(3)]
    recent = Recent(most=2 * sheets[0].size)
    recent.keep((0, 0), sheets[0])
    recent.keep((0, 1), sheets[1])
    assert recent.get((0, 0)) is sheets[0]
    recent.keep((0, 2), sheets[2])
    assert [sheets[0], None, sheets[2]] == [recent.get((0, row)) for row in range(3)]


def test_large_sheets_are_not_kept() -> None:
    """Pages ask for many series once; they do not drive out what rules ask for."""
    recent = Recent()
    recent.keep((0, 0), _sheet(200))
    assert recent.get((0, 0)) is None


def test_a_removed_block_is_forgotten() -> None:
    """A block that begins at the same time as a removed one is not taken for it."""
    recent = Recent()
    recent.keep((0, 1), _sheet())
    recent.keep((7, 1), _sheet())
    recent.forget(0)
    assert [True, False] == [recent.get(key) is None for key in ((0, 1), (7, 1))]
