import asyncio
import io
import json
import os
import sys
from collections.abc import Iterator

import asyncpg
import pytest
import structlog

from groundplan_backend.observability import log
from groundplan_backend.observability.log import AccessLine, AccessLog


def _line(path: str, level: str = "info") -> AccessLine:
    return AccessLine(
        time=1.0, method="GET", path=path, route="/r", status=200, duration_ms=0.1, sent=2,
        request_id="r", trace_id="t", subject="s", component="backend", replica="1", level=level,
    )  # fmt: skip


async def test_every_line_is_written_within_a_moment() -> None:
    """Lines wait for others only briefly, and line breaks of clients stay inside one line."""
    reading, writing = os.pipe()
    access = AccessLog(writing)
    access.write(_line("/a\nb"))
    access.write(_line("/c"))
    await asyncio.sleep(log.FLUSH_AFTER * 1.5)
    lines = os.read(reading, 65536).splitlines()
    assert ["/a\nb", "/c"] == [json.loads(line)["path"] for line in lines]
    os.close(reading)
    os.close(writing)


async def test_a_full_batch_is_written_at_once() -> None:
    """Under load nothing waits for the timer."""
    reading, writing = os.pipe()
    access = AccessLog(writing)
    for _ in range(64):
        access.write(_line("/x"))
    assert 64 == len(os.read(reading, 65536).splitlines())
    os.close(reading)
    os.close(writing)


async def test_a_reader_that_is_gone_stops_nothing() -> None:
    """A broken pipe loses lines and not requests."""
    reading, writing = os.pipe()
    os.close(reading)
    access = AccessLog(writing)
    access.write(_line("/x"))
    access.flush()
    access.write(_line("/y"))
    access.flush()
    os.close(writing)


def test_events_are_json_lines_that_say_who_speaks(capsys: object) -> None:
    """Rare events look like the access log."""
    log.configure("info", "backend", "2")
    logger = structlog.get_logger("test")
    assert logger.info("something happened", detail=1) is None
    assert {"component": "backend", "replica": "2"} == structlog.contextvars.get_contextvars()
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.mark.parametrize(("level", "written"), [("info", ["/b"]), ("DEBUG", ["/a", "/b"])])
async def test_who_debugs_sees_all_lines(level: str, written: list[str]) -> None:
    """Lines of the level debug are written for who asked for it, and for nobody else."""
    reading, writing = os.pipe()
    access = AccessLog(writing, level)
    access.write(_line("/a", "debug"))
    access.write(_line("/b"))
    access.flush()
    assert written == [json.loads(line)["path"] for line in os.read(reading, 65536).splitlines()]
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(
    ("path", "status", "level"),
    [
        ("/healthz/ready", 200, "debug"),
        ("/metrics", 200, "debug"),
        ("/healthz/ready", 503, "info"),
        ("/api/v1/telemetry/metrics", 200, "info"),
        ("/api/v1/catalog/services", 200, "info"),
    ],
)
def test_questions_about_health_are_for_who_debugs(path: str, status: int, level: str) -> None:
    """Probes and scrapes would bury what people ask for; one that failed is shown."""
    assert level == log.level_of(path, status)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    log.configure("info", "backend", "1")
    yield out
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


DETAIL = "Key (email)=(ada@example.test\nsecond) already exists."
KINDS = {
    "alone": lambda error: error,
    "grouped": lambda error: ExceptionGroup("several", [error, ValueError("after it")]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_values_of_a_refused_row_are_not_logged(written: io.StringIO, kind: str) -> None:
    """The exception's own words stay, the e-mail in PostgreSQL's detail does not."""
    fields = {"C": "23505", "M": "duplicate key", "D": DETAIL, "H": "Take another."}
    error = asyncpg.PostgresError.new(fields)
    assert isinstance(error, asyncpg.UniqueViolationError)
    assert "ada@example.test" in str(error)
    raised = KINDS[kind](error)
    structlog.get_logger().error("not.kept", reason=str(error), exc_info=raised)
    told = written.getvalue()
    line = json.loads(told)
    assert ("ada@" not in told, "second" not in told) == (True, True)
    assert "duplicate key\nDETAIL: -\nHINT:  Take another." == line["reason"]
    assert "UniqueViolationError: duplicate key" in line["exception"]
    assert ("after it" in line["exception"]) == (kind == "grouped")


def test_what_is_no_detail_is_logged_as_it_is(written: io.StringIO) -> None:
    """The word within a line takes nothing away."""
    structlog.get_logger().info("the DETAIL: of it")
    assert "the DETAIL: of it" == json.loads(written.getvalue())["message"]
