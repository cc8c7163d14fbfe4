"""Elasticsearch's `_search`, against answers in its form."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry.elasticsearch import Elasticsearch
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogQuery
from groundplan_backend.telemetry.window import Window

_PATH = "/logs-*/_search"
_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_WINDOW = Window(datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC))


@pytest.fixture
def logs(keeper: Any, place: Callable[..., Any]) -> Elasticsearch:
    """The adapter, over a cluster with two lines."""
    keeper.knows(_PATH, "elasticsearch/search.json")
    return Elasticsearch(place("Basic cmVhZGVyOmtleQ=="), "logs-*")


async def test_a_search_filters_and_orders(keeper: Any, logs: Elasticsearch) -> None:
    """Filters are terms, words are matched and never parsed, and the order has no ties."""
    query = LogQuery(
        text='failed OR (*:* "',
        service="backend",
        replica="b-1",
        level="warning",
        trace_id=_TRACE,
        attribute="http.request.id:5f:0c",
        limit=50,
    )
    await logs.search(query, _WINDOW)
    asked = keeper.asked[0]
    assert ("POST", "true") == (asked.method, asked.query["ignore_unavailable"])
    assert "Basic cmVhZGVyOmtleQ==" == asked.headers["authorization"]
    body = asked.json
    levels = ["warning", "warn", "error", "err", "critical", "fatal", "alert", "emerg"]
    times = {"gte": "2026-11-23T06:00:00.000000Z", "lte": "2026-11-23T07:00:00.000000Z"}
    assert [
        {"range": {"@timestamp": times}},
        {"term": {"service.name": "backend"}},
        {"term": {"service.node.name": "b-1"}},
        {"term": {"trace.id": _TRACE}},
        {"match": {"message": {"query": 'failed OR (*:* "', "operator": "and"}}},
        {"terms": {"log.level": levels}},
        {"term": {"http.request.id": "5f:0c"}},
    ] == body["query"]["bool"]["filter"]
    assert (51, False, "1500ms") == (body["size"], body["track_total_hits"], body["timeout"])
    assert ["@timestamp", "event.id"] == [next(iter(one)) for one in body["sort"]]
    assert "search_after" not in body


async def test_a_page_goes_on_where_the_last_one_ended(keeper: Any, logs: Elasticsearch) -> None:
    """The cursor holds the place of the last line in the order, and nothing is counted."""
    page = await logs.search(LogQuery(limit=1), _WINDOW)
    assert ["job failed"] == [one.message for one in page.items]
    assert page.next is not None
    await logs.search(LogQuery(limit=1, after=page.next), _WINDOW)
    expected = ["2026-11-23T06:15:20.123456Z", "6f2c0d5e-1"]
    assert expected == keeper.asked[1].json["search_after"]
    assert (await logs.search(LogQuery(limit=2), _WINDOW)).next is None


async def test_a_follower_goes_on_from_a_line(keeper: Any, logs: Elasticsearch) -> None:
    """Oldest first, after the line that is known, a moment behind so that none is overtaken."""
    last = await logs.last()
    assert 1 == keeper.asked[0].json["size"]
    news = await logs.since(FollowQuery(service="backend"), last)
    assert (2, news.lines[-1].id) == (len(news.lines), news.last)
    body = keeper.asked[1].json
    assert "asc" == body["sort"][0]["@timestamp"]["order"]
    assert {"lte": "now-2s"} == body["query"]["bool"]["filter"][0]["range"]["@timestamp"]
    assert "6f2c0d5e-1" == body["search_after"][1]
    keeper.knows(_PATH, "elasticsearch/empty.json")
    assert await logs.last() is None
    assert last == (await logs.since(FollowQuery(), last)).last


@pytest.mark.parametrize("cursor", ["x", "é", "bm9uZQ", "WzEsMl0"])
async def test_a_cursor_of_nobody_is_refused(logs: Elasticsearch, cursor: str) -> None:
    """What was not written here never reaches the cluster."""
    with pytest.raises(InvalidRequest):
        await logs.search(LogQuery(after=cursor), _WINDOW)


@pytest.mark.parametrize(("recorded", "status"), [("denied", 401), ("shards_failed", 503)])
async def test_a_refusal_is_no_answer(
    keeper: Any, logs: Elasticsearch, recorded: str, status: int
) -> None:
    """Nobody takes an error for an empty list."""
    keeper.knows(_PATH, f"elasticsearch/{recorded}.json", status)
    with pytest.raises(TelemetryUnavailable):
        await logs.ask()
