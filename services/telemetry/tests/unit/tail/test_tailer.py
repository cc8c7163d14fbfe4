"""Logs are followed into the store: every line, once, and spans where lines tell of them."""

import json

import pytest

from groundplan_telemetry.disk.writer import Writer
from groundplan_telemetry.settings import LogFile
from groundplan_telemetry.tail import tailer as tailing
from groundplan_telemetry.tail.tailer import Tailer


@pytest.fixture
def log(tmp_path):
    """Return the path of a log that is not there yet."""
    return tmp_path / "backend-1.log"


@pytest.fixture
def tail(tmp_path, spans, lines, books, log):
    """Return what makes a tailer of one log, and its writer."""

    def made(kind="json", most=1000, slow=1.0):
        writer = Writer({"traces": spans, "logs": lines}, most=most)
        told = LogFile(service="backend", replica="backend-1", path=str(log), format=kind)
        return Tailer([told], tmp_path, writer, books, slow=slow), writer

    return made


def append(log, *texts):
    with log.open("a") as file:
        file.writelines(f"{text}\n" for text in texts)


def test_lines_reach_the_store_once(tail, log):
    """What was read is not read again, by the next process either."""
    tailer, writer = tail()
    assert 0 == tailer.look()
    append(log, '{"message": "one"}', "", '{"message": "two"}')
    assert (2, 0) == (tailer.look(), tailer.look())
    assert 2 == writer.waiting("logs")
    tailer.close()
    tailer, _ = tail()
    append(log, '{"message": "three"}')
    assert 1 == tailer.look()


def test_a_full_store_is_waited_for(tail, log, lines):
    """The file is the buffer: what there is no room for stays there, and nothing is lost."""
    tailer, writer = tail(most=3)
    append(log, "{}", "{}")
    assert 2 == tailer.look()
    append(log, "{}", "{}")
    assert (0, 2, True) == (tailer.look(), writer.waiting("logs"), tailer.behind > 0)
    writer.start()
    writer.flush()
    assert (2, 0) == (tailer.look(), tailer.behind)
    writer.close()
    assert 4 == lines.records


def test_a_sampled_requests_line_is_a_line_and_a_span(tail, log, books):
    """nginx writes no spans; its lines are enough."""
    tailer, writer = tail()
    told = {"trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331",
            "sampled": "1", "seconds": "0.1", "method": "GET", "path": "/"}  # fmt: skip
    append(log, json.dumps(told), json.dumps({**told, "sampled": "0"}))
    tailer.look()
    assert (2, 1) == (writer.waiting("logs"), writer.waiting("traces"))
    assert 1 == books.counts()["received"]["traces"]


def test_what_is_slow_is_what_the_settings_say(tail, log):
    """A line that was not sampled is a span where it took longer than that."""
    tailer, writer = tail(slow=0.05)
    told = {"trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331",
            "sampled": "0", "seconds": "0.1", "method": "GET", "path": "/"}  # fmt: skip
    append(log, json.dumps(told), json.dumps({**told, "seconds": "0.04"}))
    tailer.look()
    assert 1 == writer.waiting("traces")


def test_what_goes_on_belongs_to_the_line_before(tail, log, lines):
    """A statement of several lines is one line of PostgreSQL's log."""
    tailer, writer = tail("postgres")
    append(log, "2026-01-31 09:00:00.123 UTC [7] ERROR:  bad", "\tSELECT", "\tFROM x")
    assert 1 == tailer.look()
    assert 1 == writer.waiting("logs")


def test_a_started_tailer_reads_by_itself_and_ends(tail, log):
    """Nobody has to ask."""
    tailer, writer = tail()
    append(log, "{}")
    tailer.start()
    for _ in range(200):
        if writer.waiting("logs") or tailer._closing.wait(0.02):
            break
    tailer.close()
    assert 1 == writer.waiting("logs")


def test_a_burst_of_short_lines_is_taken_whole(tail, log, lines, books, monkeypatch):
    """More lines than memory has room for are handed on in portions, and none is left out."""
    monkeypatch.setattr(tailing, "PORTION", 10)
    tailer, writer = tail(most=20)
    append(log, "{}", *["{}"] * 99)
    writer.start()
    assert 100 == tailer.look()
    writer.close()
    assert (100, []) == (lines.records, books.drops())


def test_what_was_turned_over_unread_is_taken_whole(tail, log, lines, books, monkeypatch):
    """The copy of a log may hold more than memory has room for."""
    monkeypatch.setattr(tailing, "PORTION", 10)
    append(log, "{}")
    tailer, writer = tail(most=20)
    writer.start()
    tailer.look()
    append(log, *["{}"] * 99)
    log.with_name(f"{log.name}.1").write_bytes(log.read_bytes())
    log.write_text("")
    assert 99 == tailer.look()
    writer.close()
    assert (100, []) == (lines.records, books.drops())


def test_an_odd_line_does_not_cost_its_neighbours(tail, log, lines, books):
    """What one program writes never loses what others wrote beside it."""
    tailer, writer = tail()
    odd = '{"trace_id": "%s", "span_id": "%s", "sampled": "1", "seconds": "inf"}'
    append(log, '{"message": "before"}', odd % ("1" * 32, "2" * 16), '{"message": "after"}')
    assert (3, 3, 0) == (tailer.look(), writer.waiting("logs"), writer.waiting("traces"))


def test_what_nobody_foresaw_is_counted(tail, log, books, monkeypatch):
    """Lines that are lost by an error of ours are in the books, and reading goes on."""
    tailer, writer = tail()
    append(log, "{}", "{}")

    def failing(*_):
        raise RuntimeError("unforeseen")

    with monkeypatch.context() as during:
        during.setattr(tailing.formats, "read", failing)
        tailer.look()
    assert [("logs", "failed", 2)] == books.drops()
    append(log, "{}")
    assert (1, 1) == (tailer.look(), writer.waiting("logs"))
