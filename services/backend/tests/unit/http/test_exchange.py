from typing import Any

import pytest

from groundplan_backend.errors import InvalidRequest, PayloadTooLarge
from groundplan_backend.http.exchange import BODY_LIMIT, Exchange


def _exchange(headers: dict[bytes, bytes] | None = None, *parts: bytes) -> Exchange:
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": part is not parts[-1]}
        for part in parts
    ]

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    scope = {"method": "POST", "path": "/", "headers": list((headers or {}).items())}
    return Exchange({**scope, "client": ("10.0.0.9", 1)}, receive)


def test_a_good_request_id_is_kept_and_a_bad_one_replaced() -> None:
    """Ids from outside go into logs only when they are plain."""
    assert b"abcd-1234" == _exchange({b"x-request-id": b"abcd-1234"}).request_id
    for bad in (b"", b"short", b"new\nline-and-more", b"x" * 65):
        assert bad != _exchange({b"x-request-id": bad}).request_id


def test_the_trace_id_is_read_from_the_traceparent() -> None:
    """A malformed header gives none."""
    trace = "0af7651916cd43dd8448eb211c80319c"
    header = f"00-{trace}-b7ad6b7169203331-01".encode()
    assert trace == _exchange({b"traceparent": header}).trace_id
    assert "" == _exchange({b"traceparent": b"00-abc"}).trace_id
    assert "" == _exchange().trace_id


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({b"x-forwarded-for": b"6.6.6.6, 1.2.3.4, 127.0.0.1"}, "1.2.3.4"),
        ({b"x-forwarded-for": b"1.2.3.4"}, "1.2.3.4"),
        ({}, "10.0.0.9"),
    ],
)
def test_the_address_is_what_the_gateway_saw(headers: dict[bytes, bytes], address: str) -> None:
    """Of the forwarded addresses the one that nginx appended counts, not what a client wrote."""
    assert address == _exchange(headers).address


async def test_a_body_in_parts_is_one_body() -> None:
    """The body is read to its end."""
    exchange = _exchange(None, b"one ", b"two")
    assert b"one two" == await exchange.body()
    assert exchange.body_read


async def test_half_a_body_is_none() -> None:
    """What a client sent before it hung up is never taken for the whole."""
    with pytest.raises(InvalidRequest):
        await _exchange(None).body()


async def test_a_body_that_is_too_large_is_refused_early() -> None:
    """By its declared length before it is read, else as soon as it is too long."""
    for exchange in (
        _exchange({b"content-length": str(BODY_LIMIT + 1).encode()}, b""),
        _exchange(None, b"x" * BODY_LIMIT, b"x"),
    ):
        with pytest.raises(PayloadTooLarge):
            await exchange.body()


def test_no_cache_is_a_wish_for_the_database() -> None:
    """Other directives are not."""
    assert _exchange({b"cache-control": b"max-age=0, no-cache"}).wants_fresh
    assert not _exchange({b"cache-control": b"max-age=0"}).wants_fresh


async def test_pieces_come_as_they_are_sent() -> None:
    """Nothing is gathered, and each gives the request its whole time again."""
    exchange = _exchange(None, b"ab", b"", b"c")
    assert [b"ab", b"c"] == [piece async for piece in exchange.pieces(3)]
    assert (True, True) == (exchange.moved, exchange.body_read)
    assert [] == [piece async for piece in exchange.pieces(3)]


async def test_pieces_end_at_the_limit_and_with_the_client() -> None:
    """One byte more is refused, half a body is none."""
    with pytest.raises(PayloadTooLarge):
        [piece async for piece in _exchange(None, b"ab", b"cd").pieces(3)]
    with pytest.raises(InvalidRequest):
        [piece async for piece in _exchange().pieces(3)]


async def test_a_refused_stream_is_read_to_its_end() -> None:
    """So that its sender comes to read the answer; who has hung up is not waited for."""
    exchange = _exchange(None, b"ab", b"cd", b"e")
    await anext(exchange.pieces(100))
    await exchange.drain(100)
    assert exchange.body_read
    await _exchange().drain(100)
    await _exchange(None, b"ab", b"cd").drain(3)
