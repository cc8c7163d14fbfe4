"""Answers in pieces."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from groundplan_backend.http.stream import Stream


async def _pieces(*pieces: bytes, fail: bool = False) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    if fail:
        raise OSError("gone")


async def _send(answer: Stream) -> tuple[Any, list[dict[str, Any]]]:
    exchange = SimpleNamespace(status=0, sent=0, moved=False, request_id=b"id")
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    try:
        await answer({"exchange": exchange}, None, send)
    except OSError:
        sent.append({"type": "cut"})
    return exchange, sent


async def test_pieces_go_out_as_they_come() -> None:
    """One message each, an end, and the sum of them in the exchange."""
    exchange, sent = await _send(Stream(206, [(b"a", b"b")], _pieces(b"12", b"3")))
    assert (206, [(b"a", b"b"), (b"x-request-id", b"id")]) == (
        sent[0]["status"],
        sent[0]["headers"],
    )
    assert [(b"12", True), (b"3", True), (b"", False)] == [
        (message["body"], message["more_body"]) for message in sent[1:]
    ]
    assert (206, 3, True) == (exchange.status, exchange.sent, exchange.moved)


async def test_an_answer_that_fails_on_its_way_has_no_end() -> None:
    """A client must not take half a file for a whole one."""
    _, sent = await _send(Stream(200, [], _pieces(b"12", fail=True)))
    assert ["http.response.start", "http.response.body", "cut"] == [each["type"] for each in sent]


@pytest.mark.parametrize("count", [0, 1])
async def test_an_empty_answer_is_an_answer(count: int) -> None:
    """Headers and an end, with nothing between."""
    _, sent = await _send(Stream(200, [], _pieces(*[b""] * count)))
    assert not sent[-1]["more_body"]
