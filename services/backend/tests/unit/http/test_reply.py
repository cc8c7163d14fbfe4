from typing import Any

from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.redis.cache import Answer, Outcome


async def _sent(answer: reply.Reply) -> tuple[int, dict[str, str], bytes, Exchange]:
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    scope: dict[str, Any] = {"method": "GET", "path": "/here", "headers": []}
    exchange = scope["exchange"] = Exchange(scope, None)
    await answer(scope, None, send)
    start, body = messages
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, body["body"], exchange


async def test_json_may_be_stored_by_nobody() -> None:
    """Answers carry the request's id and are not kept on the way."""
    status, headers, body, exchange = await _sent(reply.json({"a": 1}, status=201))
    assert (201, b'{"a":1}') == (status, body)
    assert ("no-store", exchange.request_id.decode()) == (
        headers["cache-control"],
        headers["x-request-id"],
    )
    assert (201, 7) == (exchange.status, exchange.sent)


async def test_a_fresh_answer_says_how_it_came_to_be() -> None:
    """Hit, miss and bypass are told in Cache-Status."""
    for outcome, words in ((Outcome.HIT, "hit"), (Outcome.MISS, "fwd=miss")):
        _, headers, body, _ = await _sent(reply.cached(Answer(b'{"a":1}', outcome)))
        assert (f"groundplan; {words}", b'{"a":1}') == (headers["cache-status"], body)
        assert "warning" not in headers


async def test_a_stale_answer_says_so_twice() -> None:
    """In a header for programs between, in a field for the console."""
    _, headers, body, _ = await _sent(reply.cached(Answer(b'{"a":1}', Outcome.STALE)))
    assert '110 - "Response is Stale"' == headers["warning"]
    assert b'{"stale":true,"a":1}' == body


async def test_a_refusal_is_a_problem_document() -> None:
    """With the path, the request's id and the error's own headers."""
    exchange = Exchange({"method": "GET", "path": "/here", "headers": []}, None)
    status, headers, body, _ = await _sent(reply.refusal(Conflict("taken"), exchange))
    assert (409, "application/problem+json") == (status, headers["content-type"])
    assert b'"instance":"/here"' in body
    assert exchange.request_id in body
