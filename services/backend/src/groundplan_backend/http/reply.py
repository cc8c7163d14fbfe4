"""Answers as ready bytes: an ASGI application each, sent without another layer."""

from collections.abc import Iterable
from typing import Any, Final, Self

import msgspec

from groundplan_backend.errors import BackendError
from groundplan_backend.http.exchange import Exchange, Receive, Scope, Send
from groundplan_backend.redis.cache import Answer, Outcome
from groundplan_contracts import problem

Header = tuple[bytes, bytes]

_encode: Final = msgspec.json.Encoder().encode
_JSON: Final[Header] = (b"content-type", b"application/json")
_PROBLEM: Final[Header] = (b"content-type", problem.MEDIA_TYPE.encode())
_NO_STORE: Final[Header] = (b"cache-control", b"no-store")
_CACHED: Final = {
    outcome: (_JSON, _NO_STORE, (b"cache-status", b"groundplan; " + words))
    for outcome, words in (
        (Outcome.HIT, b"hit"),
        (Outcome.MISS, b"fwd=miss"),
        (Outcome.BYPASS, b"fwd=request"),
    )
}
_STALE: Final = (
    _JSON,
    _NO_STORE,
    (b"cache-status", b"groundplan; hit; detail=stale"),
    (b"warning", b'110 - "Response is Stale"'),
)


class Reply:
    """A status, headers and a body."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer and note its outcome in the exchange."""
        exchange: Exchange = scope["exchange"]
        exchange.status = self.status
        exchange.sent = len(self.body)
        headers = [*self.headers, (b"x-request-id", exchange.request_id)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})

    def to_asgi_response(self, **_: Any) -> Self:
        """Let Litestar take this for a response of its own, as its error path asks."""
        return self


def encode(value: object) -> bytes:
    """Return `value` as JSON; times are RFC 3339 in UTC."""
    return _encode(value)


def json(value: object, *, status: int = 200, headers: Iterable[Header] = ()) -> Reply:
    """Answer with `value` as JSON that nobody may store."""
    return json_bytes(_encode(value), status=status, headers=headers)


def json_bytes(body: bytes, *, status: int = 200, headers: Iterable[Header] = ()) -> Reply:
    """Answer with JSON that is encoded already."""
    return Reply(status, (_JSON, _NO_STORE, *headers), body)


def empty() -> Reply:
    """Answer 204: done, nothing to say."""
    return Reply(204, (_NO_STORE,), b"")


def accepted() -> Reply:
    """Answer 202: heard, and done later."""
    return Reply(202, (_NO_STORE,), b"")


def redirect(location: str, headers: Iterable[Header] = ()) -> Reply:
    """Answer 303: look there; the address is one of ours."""
    return Reply(303, (_NO_STORE, (b"location", location.encode()), *headers), b"")


def refusal(error: BackendError, exchange: Exchange) -> Reply:
    """Answer with the error's problem document."""
    exchange.refused = error.code
    document = error.problem().document(
        instance=exchange.scope["path"], request_id=exchange.request_id.decode("latin-1")
    )
    extra = ((name.encode(), value.encode()) for name, value in error.headers.items())
    return Reply(error.status, (_PROBLEM, _NO_STORE, *extra), _encode(document))


def cached(answer: Answer, headers: Iterable[Header] = ()) -> Reply:
    """Answer with what the cache gave, and say how it came to be (RFC 9211)."""
    if answer.outcome is Outcome.STALE:
        return Reply(200, (*_STALE, *headers), b'{"stale":true,' + answer.body[1:])
    return Reply(200, (*_CACHED[answer.outcome], *headers), answer.body)
