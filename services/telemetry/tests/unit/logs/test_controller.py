"""Logs are asked for over HTTP, and what is asked wrongly is refused with a reason."""

import json

import pytest

from groundplan_telemetry.disk import reading
from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.logs.controller import Logs
from groundplan_telemetry.records.line import ERROR


@pytest.fixture
def ask(state, lines, request_of):
    """Return what asks, and returns the answer's JSON."""
    (route,) = Logs(state, lines).routes()

    async def asked(query=""):
        return json.loads((await route.handler(request_of("GET", "/logs", query))).body)

    return asked


async def test_all_questions_are_understood(ask, lines, line):
    """Every parameter reaches the search."""
    trace = bytes(range(16))
    lines.write([line("hello world", level=ERROR, trace=trace, attributes={"a": "b:c"}), line()])
    found = await ask(
        "text=world&service=backend&replica=backend-1&level=fatal,error&attribute=a:b:c"
        f"&trace_id={trace.hex()}&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&limit=1"
    )
    assert (["hello world"], None) == (
        [each["message"] for each in found["items"]], found["next"]
    )  # fmt: skip


async def test_a_follower_is_always_told_where_to_go_on(ask, lines, line):
    """`next` is never null for who follows, and begins at 0."""
    assert {"items": [], "next": "0"} == await ask("since=0")
    lines.write([line()])
    page = await ask("since=0")
    assert page["items"][0]["id"] == page["next"]
    assert {"items": [], "next": page["next"]} == await ask(f"since={page['next']}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("level=bad", "`level` must be of debug, info, warning, error, critical"),
        ("trace_id=xyz", "32 hexadecimal digits"),
        ("since=-1", "`since`"),
        ("limit=5000", "from 1 to 1000"),
    ],
)
async def test_wrong_questions_are_refused(ask, query, words):
    """A refusal says what would be right."""
    with pytest.raises(Refused, match=words) as refused:
        await ask(query)
    assert 400 == refused.value.problem.status


async def test_a_search_that_takes_too_long_is_a_refusal(ask, lines, line, monkeypatch):
    """People are told to ask for less."""
    lines.write([line() for _ in range(200)])
    monkeypatch.setattr(reading, "PATIENCE", -1.0)
    monkeypatch.setattr(reading, "STEPS", 1)
    with pytest.raises(Refused, match="too long"):
        await ask()
