"""Blocks of two hours."""

from array import array
from pathlib import Path

from groundplan_telemetry.metrics.promql.sheet import Held
from groundplan_telemetry.metrics.storage import block
from groundplan_telemetry.metrics.storage.block import Block
from groundplan_telemetry.metrics.storage.recent import Recent

START = block.LENGTH * 10


def _sheet(number: int, at: int, *values: float) -> Held:
    times = array("q", [START + at + 1000 * each for each in range(len(values))])
    return Held(array("q", [number]), times, array("q"), [array("d", values)])


def test_sheets_that_touch_a_time_are_read(tmp_path: Path) -> None:
    """A metric's sheet is read where it overlaps the time, however early it began."""
    made = Block.of(tmp_path, START, Recent())
    made.write({"a": [_sheet(1, 0, 1, 2, 3), _sheet(1, 600_000, 4)], "b": [_sheet(2, 0, 5)]})
    (found,) = made.read(["a", "c"], START + 2000, START + 3000)
    assert [[1.0, 2.0, 3.0]] == [list(each) for each in found.columns([0])]
    assert 2 == len(made.read(["a"], START, START + 700_000))
    assert [2] == [number for each in made.read(["b"], START, START) for number in each.numbers]
    assert ({1, 2}, 5) == (made.series(), made.samples())
    made.close()


def test_a_block_is_removed_whole(tmp_path: Path) -> None:
    """A removed block leaves no file, and says nothing to those who still read it."""
    made = Block.of(tmp_path, START, Recent())
    made.write({"a": [_sheet(1, 0, 1)]})
    assert made.size > 0
    made.remove()
    assert [] == list(tmp_path.iterdir())
    assert [] == made.read(["a"], START, START + 1000)


def test_blocks_begin_every_two_hours() -> None:
    """A time belongs to the block that began last before it."""
    assert START == block.beginning(START + block.LENGTH - 1)
    assert START + block.LENGTH == block.beginning(START + block.LENGTH)
