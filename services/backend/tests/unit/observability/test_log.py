import asyncio
import json
import os

import structlog

from groundplan_backend.observability import log
from groundplan_backend.observability.log import AccessLine, AccessLog


def _line(path: str) -> AccessLine:
    return AccessLine(
        time=1.0, method="GET", path=path, route="/r", status=200, duration_ms=0.1, sent=2,
        request_id="r", trace_id="t", subject="s", component="backend", replica="1",
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
