"""Traces are asked for over HTTP, and what is asked wrongly is refused with a reason."""

import json

import pytest

from groundplan_telemetry.disk import reading
from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.http.routing import Router
from groundplan_telemetry.records.span import Kind
from groundplan_telemetry.traces.controller import Traces


@pytest.fixture
def ask(state, spans, request_of):
    """Return what asks, and returns the answer's JSON."""
    router = Router(Traces(state, spans).routes())

    async def asked(path, query=""):
        found = router.find("GET", path)
        answer = await found.route.handler(request_of("GET", path, query, parts=found.parts))
        return json.loads(answer.body)

    return asked


async def test_a_list_leads_to_each_trace(ask, spans, span):
    """What is listed can be asked for whole."""
    spans.write([span(1), span(2, parent=1)])
    listed = await ask("/traces", "service=backend&limit=1")
    whole = await ask(f"/traces/{listed['items'][0]['trace_id']}")
    assert 2 == len(whole["spans"])


async def test_pages_follow_each_other(ask, spans, span):
    """`next` is where the next page begins, and null at the end."""
    spans.write([span(number, trace=number) for number in (1, 2)])
    first = await ask("/traces", "limit=1")
    second = await ask("/traces", f"limit=1&after={first['next']}")
    ids = [page["items"][0]["trace_id"] for page in (first, second)]
    assert ([f"{2:032x}", f"{1:032x}"], None) == (ids, second["next"])


async def test_services_and_their_operations_are_offered(ask, spans, span):
    """A form can offer what there is."""
    spans.write([span(1, name="b"), span(2, name="a"), span(3, service="authz", name="check")])
    assert {
        "items": [
            {"service": "authz", "operations": ["check"]},
            {"service": "backend", "operations": ["a", "b"]},
        ]
    } == await ask("/services")


async def test_the_graph_shows_rates_errors_and_times(ask, spans, span):
    """An arrow is a call; its figures are those of the time that is asked for."""
    spans.write(
        [
            span(1, service="gateway"),
            span(2, parent=1, duration=20_000),
            span(3, parent=1, duration=20_000, failed=True),
            span(4, kind=Kind.CLIENT, attributes={"db.system.name": "redis"}),
        ]
    )
    first, second = (await ask("/graph"))["items"]
    assert ("backend", "cache") == (first["from"], first["to"])
    assert ("gateway", "backend", 0.5) == (second["from"], second["to"], second["error_ratio"])
    assert 2 / 900 == pytest.approx(second["requests_per_second"], rel=0.01)
    assert 20 == pytest.approx(second["p95_ms"], rel=0.26)
    assert (
        [] == (await ask("/graph", "from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z"))["items"]
    )


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("/traces", "status=bad", "must be error or ok"),
        ("/traces", "min_ms=-1", "at least 0"),
        ("/traces", "limit=0", "from 1 to 100"),
        ("/traces/xyz", "", "32 hexadecimal digits"),
        ("/graph", "from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z", "must be earlier"),
    ],
)
async def test_wrong_questions_are_refused(ask, path, query, words):
    """A refusal says what would be right."""
    with pytest.raises(Refused, match=words) as refused:
        await ask(path, query)
    assert 400 == refused.value.problem.status


async def test_a_trace_that_is_not_kept_is_not_found(ask):
    """What is gone, or never was, is told apart from an empty trace."""
    with pytest.raises(Refused, match="No span of trace"):
        await ask(f"/traces/{1:032x}")


async def test_a_search_that_takes_too_long_is_a_refusal(ask, spans, span, monkeypatch):
    """People are told to ask for less."""
    spans.write([span(number) for number in range(1, 200)])
    monkeypatch.setattr(reading, "PATIENCE", -1.0)
    monkeypatch.setattr(reading, "STEPS", 1)
    with pytest.raises(Refused, match="too long"):
        await ask("/traces", "max_ms=0")
