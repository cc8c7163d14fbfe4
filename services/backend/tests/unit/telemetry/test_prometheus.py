"""Prometheus' HTTP API, against what a real one has answered."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from groundplan_backend.errors import QueryRefused, TelemetryUnavailable
from groundplan_backend.telemetry.prometheus import Prometheus

_QUERY, _RANGE, _RULES = "/api/v1/query", "/api/v1/query_range", "/api/v1/rules"


@pytest.fixture
def metrics(place: Callable[..., Any]) -> Prometheus:
    """The adapter, with a key."""
    return Prometheus(place("Bearer sesame"))


async def test_a_vector_is_read(keeper: Any, metrics: Prometheus) -> None:
    """Labels and numbers arrive; the expression travels in a form and the key in a header."""
    keeper.knows(_QUERY, "prometheus/vector.json")
    found = {one.labels["job"]: one.value for one in await metrics.now("sum by (job) (up)")}
    assert {"gone": 0.0, "backend": 1.0} == found
    assert {"query": "sum by (job) (up)", "timeout": "1.8"} == keeper.asked[0].form
    assert "Bearer sesame" == keeper.asked[0].headers["authorization"]


async def test_a_scalar_is_one_sample_and_no_number_is_one_too(
    keeper: Any, metrics: Prometheus
) -> None:
    """`scalar()` has no labels; NaN is not an error."""
    keeper.knows(_QUERY, "prometheus/scalar.json")
    assert [({}, 1.0)] == [(one.labels, one.value) for one in await metrics.now("scalar(x)")]
    keeper.knows(_QUERY, "prometheus/nan.json")
    assert math.isnan((await metrics.now("x"))[0].value)


async def test_a_matrix_is_read(keeper: Any, metrics: Prometheus) -> None:
    """Each series has the moments at which it had a value, and no others."""
    keeper.knows(_RANGE, "prometheus/matrix.json")
    found = await metrics.over("up", [1795414516, 1795414518, 1795414520], 2)
    values = {one.labels["job"]: one.values for one in found}
    assert {1795414519: 0.0, 1795414520: 0.0} == values["gone"]
    assert {1795414520: 1.0} == values["backend"]
    asked = {
        "query": "up",
        "start": "1795414516",
        "end": "1795414520",
        "step": "2",
        "timeout": "1.8",
    }
    assert asked == keeper.asked[0].form
    assert [] == await metrics.over("up", [], 2)


@pytest.mark.parametrize(
    ("recorded", "status", "words"),
    [
        ("bad_data", 400, "unclosed left parenthesis"),
        ("execution", 422, "duplicate series"),
        ("too_many", 400, "exceeded maximum resolution"),
        ("string", 200, "makes a string"),
    ],
)
async def test_a_wrong_expression_is_told_to_who_wrote_it(
    keeper: Any, metrics: Prometheus, recorded: str, status: int, words: str
) -> None:
    """Prometheus' own words reach the person."""
    keeper.knows(_QUERY, f"prometheus/{recorded}.json", status)
    with pytest.raises(QueryRefused, match=words):
        await metrics.now("sum by (job")


async def test_any_other_failure_is_no_answer(keeper: Any, metrics: Prometheus) -> None:
    """A 503, a page of a proxy and half an answer are all the same to who asks."""
    for status, value in ((503, {}), (400, {"errorType": "internal"}), (200, {"data": 1})):
        keeper.says(_QUERY, value, status)
        with pytest.raises(TelemetryUnavailable):
            await metrics.now("up")


async def test_rules_are_read_with_what_they_found(keeper: Any, metrics: Prometheus) -> None:
    """State, labels, annotations and times of alerting rules, in the server's order."""
    keeper.knows(_RULES, "prometheus/rules.json")
    fires, silent, waits = await metrics.rules()
    assert {"type": "alert"} == keeper.asked[0].query
    assert ("ServiceDown", "firing", "page") == (fires.name, fires.state, fires.labels["severity"])
    assert datetime(2026, 11, 23, 6, 15, 14, 236027, UTC) == fires.found[0].since
    assert ("inactive", ()) == (silent.state, silent.found)
    assert (600, "pending") == (waits.holds, waits.found[0].state)
    assert "127.0.0.1:9 is down" == waits.found[0].annotations["summary"]
    assert fires.checked_at is not None


async def test_it_is_asked_whether_it_answers(keeper: Any, metrics: Prometheus) -> None:
    """The question costs nothing and needs no metric."""
    keeper.knows(_QUERY, "prometheus/scalar.json")
    await metrics.ask()
    assert {"query": "vector(1)", "timeout": "1.8"} == keeper.asked[0].form
