"""Traces, from the route to the real store."""

from collections.abc import Callable
from typing import Any

import httpx

Get = Callable[..., httpx.Response]
_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_a_trace_is_found_and_read(get: Get, until: Any) -> None:
    """By service; it has its spans, and its times are RFC 3339."""
    (found,) = until(lambda: get("traces", service="backend").json()["items"])
    assert (_TRACE, "frontend", 2) == (found["trace_id"], found["service"], found["spans"])
    spans = get(f"traces/{_TRACE}").json()["spans"]
    assert ["frontend", "backend"] == [one["service"] for one in spans]
    assert spans[0]["start"].endswith("Z")


def test_what_is_not_there_is_not_found(get: Get) -> None:
    """A trace that was not kept, and what is no trace id."""
    for name in ("a" * 32, "a" * 31, "ABC"):
        answer = get(f"traces/{name}")
        assert (404, "not_found") == (answer.status_code, answer.json()["code"])


def test_services_and_graph(get: Get, until: Any) -> None:
    """Who has sent spans, and who calls whom."""
    names = until(lambda: [one["service"] for one in get("services").json()["items"]])
    assert {"backend", "frontend"} <= set(names)
    (call,) = until(lambda: get("graph").json()["items"])
    assert ("frontend", "backend") == (call["from"], call["to"])


def test_a_query_that_is_wrong_is_refused(get: Get) -> None:
    """A parameter that is not known, a status that is none, a cursor of nobody."""
    for query in ({"status": "bad"}, {"serivce": "x"}, {"after": "nonsense"}, {"limit": "101"}):
        assert 400 == get("traces", **query).status_code, query
