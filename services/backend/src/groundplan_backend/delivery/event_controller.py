"""The route of the event stream (server-sent events)."""

from typing import Any, Final

from groundplan_backend.delivery import event_schemas
from groundplan_backend.delivery.followers import Followers
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.http.stream import Stream
from groundplan_contracts.identity import Role

_FRAMES: Final[dict[str, Any]] = {
    "text/event-stream": {
        "schema": {"type": "string", "description": "frames of `id`, `event` and `data` (JSON)"}
    }
}
_HEADERS: Final = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)


class EventController:
    """Answers for `/api/v1/delivery/events`."""

    def __init__(self, followers: Followers) -> None:
        self._followers = followers

    @operation(
        "GET",
        "/api/v1/delivery/events",
        "Follow what happens",
        role=Role.VIEWER,
        scope="delivery",
        query=event_schemas.StreamQuery,
        content=_FRAMES,
        stream=True,
        reads={"Last-Event-ID": "The id of the last event that the client has."},
    )
    async def follow_events(self, exchange: Exchange, query: event_schemas.StreamQuery) -> Reply:
        """Stream events as they happen, with a comment every few seconds when none does.

        The stream ends with the session, or after the life of an access token: come again with
        `Last-Event-ID`, and nothing is missed.
        """
        last = exchange.headers.get(b"last-event-id")
        pieces = await self._followers.follow(exchange.signed_in(), query, last)
        return Stream(200, _HEADERS, pieces)
