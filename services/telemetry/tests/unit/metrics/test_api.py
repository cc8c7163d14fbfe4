"""Prometheus' HTTP API: parameters, answers and errors."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from groundplan_telemetry.http.request import Request
from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.api import Api
from groundplan_telemetry.metrics.storage.store import Store

Ask = Callable[..., Any]


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return a store with two series: three samples long ago, and one of now."""
    made = Store(tmp_path / "m", 1e9, 1e9, books)
    for at in (1000, 2000, 3000):
        made.record(labels.of({"__name__": "up", "job": "a"}), at * 1000, float(at))
    made.record(labels.of({"__name__": "new", "kind": "b"}), time.time_ns() // 1_000_000, 1.0)
    yield made
    made.close()


@pytest.fixture
def ask(store: Store, request_of: Callable[..., Request]) -> Ask:
    """Return what asks the API and decodes its answer."""

    async def apart(work: Any, *given: Any) -> Any:
        return work(*given)

    routes = {(each.method, each.path): each for each in Api(store, apart).routes()}

    async def asked(path: str, query: str = "", method: str = "GET", **parts: str) -> Any:
        found = await routes[method, path].handler(request_of(method, path, query, parts=parts))
        return found.status, msgspec.json.decode(found.body)

    return asked


async def test_a_moment(ask: Ask) -> None:
    """A query at a moment answers in Prometheus' shape, by GET and by POST."""
    expected = {"status": "success", "data": {"resultType": "vector", "result": [
        {"metric": {"__name__": "up", "job": "a"}, "value": [2000.5, "2000"]}]}}  # fmt: skip
    for method in ("GET", "POST"):
        assert (200, expected) == await ask("/api/v1/query", "query=up&time=2000.5", method)
    _, answer = await ask("/api/v1/query", "query=1&time=1970-01-01T00:00:01Z")
    assert [1, "1"] == answer["data"]["result"]
    _, answer = await ask("/api/v1/query", "query=new")
    assert 1 == len(answer["data"]["result"])


async def test_over_time(ask: Ask) -> None:
    """A query over time has a value at each step; steps are seconds or lengths."""
    for step in ("500", "500s"):
        given = f"query=up&start=1000&end=2100&step={step}"
        _, answer = await ask("/api/v1/query_range", given)
        assert [[1000, "1000"], [2000, "2000"]] == answer["data"]["result"][0]["values"]


async def test_series_and_labels(ask: Ask) -> None:
    """Series, names and values are those of the time; without one, of the last hour."""
    when = "start=900&end=3000"
    _, answer = await ask("/api/v1/series", f"match[]=up&match[]=none&{when}")
    assert [{"__name__": "up", "job": "a"}] == answer["data"]
    assert ["__name__", "job"] == (await ask("/api/v1/labels", when))[1]["data"]
    assert ["__name__", "kind"] == (await ask("/api/v1/labels"))[1]["data"]
    values = "/api/v1/label/{name}/values"
    assert ["a"] == (await ask(values, when, name="job"))[1]["data"]
    assert ["new"] == (await ask(values, name="__name__"))[1]["data"]


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("/api/v1/query", "query=up(", 'invalid parameter "query"'),
        ("/api/v1/query", "query=up&time=soon", 'cannot parse "soon" to a valid timestamp'),
        ("/api/v1/query", "query=up&time=nan", 'cannot parse "nan" to a valid timestamp'),
        ("/api/v1/query", "query=up&timeout=x", 'cannot parse "x" to a valid duration'),
        ("/api/v1/query_range", "query=up&start=2&end=1&step=1", "must not be before start"),
        ("/api/v1/query_range", "query=up&start=1&end=2&step=0", "zero or negative"),
        ("/api/v1/query_range", "query=up&start=1&end=2&step=x", 'parse "x" to a valid duration'),
        ("/api/v1/query_range", "query=up&end=2&step=1", 'invalid parameter "start"'),
        ("/api/v1/query_range", "query=up&start=1&end=99999&step=1", "exceeded maximum"),
        ("/api/v1/series", "", "no match[] parameter provided"),
        ("/api/v1/series", "match[]=1", "must be a selector"),
    ],
)
async def test_what_is_wrong_is_bad_data(ask: Ask, path: str, given: str, said: str) -> None:
    """A request that cannot be meant is a 400 in Prometheus' words."""
    status, answer = await ask(path, given)
    assert (400, "error", "bad_data") == (status, answer["status"], answer["errorType"])
    assert said in answer["error"]


async def test_what_cannot_be_executed_is_said(ask: Ask) -> None:
    """A function that is not supported is a 422 that names it; a bad label name a 400."""
    status, answer = await ask("/api/v1/query", "query=info(up)")
    assert (422, "execution") == (status, answer["errorType"])
    assert "info" in answer["error"]
    status, answer = await ask("/api/v1/label/{name}/values", name="0x")
    assert (400, 'invalid label name: "0x"') == (status, answer["error"])
