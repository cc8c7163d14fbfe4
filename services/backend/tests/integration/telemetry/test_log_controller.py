"""Lines, from the route to the real store; and as they come."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

Get = Callable[..., httpx.Response]
_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@contextmanager
def _followed(console: Any, query: str = "", **headers: str) -> Iterator[Iterator[str]]:
    told = {**console.as_caller("viewer", str(uuid.uuid4())), **headers}
    path = f"/api/v1/telemetry/logs/follow?{query}"
    with console.client(told) as client, client.stream("GET", path) as answer:
        assert "text/event-stream" == answer.headers["content-type"]
        yield answer.iter_lines()


def _next(lines: Iterator[str]) -> tuple[str, Any]:
    """Return the id and the data of the next line of a log."""
    number = ""
    for text in lines:
        if text.startswith("id: "):
            number = text.removeprefix("id: ")
        if text.startswith("data: {") and number:
            return number, json.loads(text.removeprefix("data: "))
    raise EOFError


def test_lines_are_found_by_their_trace(get: Get, until: Any) -> None:
    """From a trace to its lines, and from a line to its trace."""
    (line,) = until(lambda: get("logs", trace_id=_TRACE).json()["items"])
    assert ("job failed", _TRACE, "warning") == (line["message"], line["trace_id"], line["level"])


def test_a_follower_sees_what_comes(console: Any, store: Any, get: Get, until: Any) -> None:
    """Only what fits, and from the line that it names when it comes again."""
    until(lambda: len(get("logs").json()["items"]) >= 3)
    with _followed(console, "service=orders") as lines:
        assert "retry: 2000" == next(lines)
        store.line("not for it")
        store.line("first order", service="orders")
        number, first = _next(lines)
        assert ("first order", "orders") == (first["message"], first["service"])
        assert number == first["id"]
    store.line("second order", service="orders")
    with _followed(console, "service=orders", **{"last-event-id": number}) as lines:
        assert "second order" == _next(lines)[1]["message"]


def test_a_line_of_nobody_cannot_be_followed_from(console: Any) -> None:
    """What the store never wrote ends the stream before it begins."""
    headers = {**console.as_caller("viewer", str(uuid.uuid4())), "last-event-id": "x"}
    with console.client(headers) as client:
        answer = client.get("/api/v1/telemetry/logs/follow")
    assert (400, "invalid_request") == (answer.status_code, answer.json()["code"])
