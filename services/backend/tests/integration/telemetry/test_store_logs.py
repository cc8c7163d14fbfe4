"""Lines of the real store."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogQuery
from groundplan_backend.telemetry.store_logs import StoreLogs
from groundplan_backend.telemetry.window import Window

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def _window() -> Window:
    now = datetime.now(UTC)
    return Window(now - timedelta(hours=1), now + timedelta(hours=1))


async def _messages(place: Place, most: int, **query: Any) -> list[str]:
    """Wait until as many lines can be found as were sent."""
    logs = StoreLogs(place)
    for _ in range(100):
        page = await logs.search(LogQuery(**query), _window())
        if len(page.items) >= most:
            break
        await asyncio.sleep(0.05)
    return [one.message for one in page.items]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "failed"}, ["job failed"]),
        ({"level": "warning"}, ["job failed"]),
        ({"service": "frontend"}, ["told of it"]),
        ({"replica": "frontend-1"}, ["told of it"]),
        ({"trace_id": _TRACE}, ["job failed"]),
        ({"text": "sent", "attribute": "job:mail"}, ["mail sent"]),
    ],
)
async def test_lines_are_found(place: Place, query: dict[str, Any], found: list[str]) -> None:
    """By words, at least a level, service, replica, trace and attribute."""
    assert found == await _messages(place, 1, **query)


async def test_pages_join(place: Place) -> None:
    """Line after line, latest first, each once."""
    await _messages(place, 3)
    logs, after, seen = StoreLogs(place), None, []
    while True:
        query = LogQuery(limit=1, **({"after": after} if after else {}))
        page = await logs.search(query, _window())
        seen += [one.id for one in page.items]
        after = page.next
        if after is None:
            break
    assert sorted(set(seen), key=int, reverse=True) == seen
    assert len(seen) >= 3


async def test_a_follower_is_told_of_what_is_new(place: Place, store: Any) -> None:
    """Only what came since, and a filter that fits nothing still goes on."""
    await _messages(place, 3)
    logs = StoreLogs(place)
    last = await logs.last()
    store.line("brand new", "ERROR")
    for _ in range(100):
        news = await logs.since(FollowQuery(level="error"), last)
        if news.lines:
            break
        await asyncio.sleep(0.05)
    assert ["brand new"] == [one.message for one in news.lines]
    assert news.last == news.lines[-1].id
    nothing = await logs.since(FollowQuery(service="nobody"), last)
    assert [] == nothing.lines
    assert nothing.last is not None
