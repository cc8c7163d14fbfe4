"""The writer takes what it has room for, and says how much that was."""

import threading

import pytest

from groundplan_telemetry.disk.shelf import Shelf
from groundplan_telemetry.disk.writer import TRIES, Writer


@pytest.fixture
def writer(lines):
    """Return a writer of lines that runs."""
    made = Writer({"logs": lines})
    made.start()
    yield made
    made.close()


def test_what_is_offered_is_on_the_disk_after_a_flush(writer, lines, line):
    """Nothing waits any more, and everything was written."""
    assert 3 == writer.offer("logs", [line()] * 3)
    writer.flush()
    assert (3, 0) == (lines.records, writer.waiting("logs"))


def test_what_is_offered_is_written_without_being_asked(writer, lines, line):
    """Records reach the disk by themselves."""
    writer.offer("logs", [line()])
    done = threading.Event()
    for _ in range(200):
        if lines.records or done.wait(0.02):
            break
    assert 1 == lines.records


def test_no_more_is_taken_than_there_is_room(lines, line):
    """A full writer takes the front and leaves the rest to whoever offers."""
    writer = Writer({"logs": lines}, most=5)
    assert (4, 1, 0) == tuple(writer.offer("logs", [line()] * 4) for _ in range(3))
    assert not writer.has_room("logs", 1)
    assert 5 == writer.waiting("logs")


def test_a_batch_larger_than_all_room_is_not_held_back_for_ever(lines, line):
    """An empty writer has room for anything, else a long piece of a log would never be read."""
    assert Writer({"logs": lines}, most=5).has_room("logs", 9)


def test_closing_writes_what_waits(lines, line):
    """A clean end loses nothing."""
    writer = Writer({"logs": lines})
    writer.start()
    writer.offer("logs", [line()])
    writer.close()
    assert 1 == lines.records


def test_a_failure_is_counted_and_writing_goes_on(writer, lines, line, books, monkeypatch):
    """An error that nobody foresaw costs its batch, not the writer."""

    def failing(*_):
        raise RuntimeError("unforeseen")

    with monkeypatch.context() as during:
        during.setattr(Shelf, "write", failing)
        writer.offer("logs", [line()])
        writer.flush()
    assert [("logs", "failed", 1)] == books.drops()
    writer.offer("logs", [line()])
    writer.flush()
    assert 1 == lines.records


def test_one_record_that_cannot_be_written_costs_itself_alone(writer, lines, line, books):
    """A batch that fails is halved until what spoils it is found."""
    spoilt = line("spoilt", time=1 << 80)
    writer.offer("logs", [*(line() for _ in range(9)), spoilt, *(line() for _ in range(7))])
    writer.flush()
    assert (16, [("logs", "failed", 1)]) == (lines.records, books.drops())


def test_a_batch_that_fails_altogether_is_not_tried_for_ever(lines, line, books, monkeypatch):
    """Looking for what spoils a batch ends after some attempts, and all of it is counted."""
    tries = []

    def failing(*_):
        tries.append(1)
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(Shelf, "write", failing)
    writer = Writer({"logs": lines})
    writer.start()
    writer.offer("logs", [line()] * 1_000)
    writer.close()
    assert [("logs", "failed", 1_000)] == books.drops()
    assert len(tries) <= 2 * TRIES
