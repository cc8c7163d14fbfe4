"""Blocks of two hours."""

from array import array
from pathlib import Path

from groundplan_telemetry.metrics.storage import block
from groundplan_telemetry.metrics.storage.block import Block

START = block.LENGTH * 10


def _chunk(number: int, at: int, *values: float) -> block.Chunk:
    times = array("q", [START + at + 1000 * each for each in range(len(values))])
    return number, times, array("d", values)


def test_chunks_that_touch_a_time_are_read(tmp_path: Path) -> None:
    """A chunk is read where it overlaps the time, however early it began."""
    made = Block.of(tmp_path, START)
    made.write([_chunk(1, 0, 1, 2, 3), _chunk(1, 600_000, 4), _chunk(2, 0, 5)])
    found = made.read([1, 2, 3], START + 2000, START + 3000)
    assert {1: [[1.0, 2.0, 3.0]]} == {n: [list(v) for _, v in c] for n, c in found.items()}
    assert 2 == len(made.read([1], START, START + 700_000)[1])
    assert ({1, 2}, 5) == (made.series(), made.samples())
    made.close()


def test_a_chunk_that_is_written_again_takes_its_place(tmp_path: Path) -> None:
    """What was written before a crash and again after it stands there once."""
    made = Block.of(tmp_path, START)
    made.write([_chunk(1, 0, 1, 2)])
    made.write([_chunk(1, 0, 1, 2, 3)])
    assert 3 == made.samples()
    made.close()


def test_a_block_is_removed_whole(tmp_path: Path) -> None:
    """A removed block leaves no file, and says nothing to those who still read it."""
    made = Block.of(tmp_path, START)
    made.write([_chunk(1, 0, 1)])
    assert made.size > 0
    made.remove()
    assert [] == list(tmp_path.iterdir())
    assert {} == made.read([1], START, START + 1000)


def test_blocks_begin_every_two_hours() -> None:
    """A time belongs to the block that began last before it."""
    assert START == block.beginning(START + block.LENGTH - 1)
    assert START + block.LENGTH == block.beginning(START + block.LENGTH)
