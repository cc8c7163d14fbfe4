"""Routes of logs: search, and follow (server-sent events)."""

from typing import Any, Final

from groundplan_backend.errors import TelemetryOff, TelemetryUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.http.stream import Stream
from groundplan_backend.telemetry import log_schemas as schemas
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.ask import within
from groundplan_backend.telemetry.follow import Followers
from groundplan_backend.telemetry.sources import Logs
from groundplan_contracts.identity import Role

_LOGS: Final = "/api/v1/telemetry/logs"
_ERRORS: Final = (TelemetryOff, TelemetryUnavailable)
_FRAMES: Final[dict[str, Any]] = {
    "text/event-stream": {
        "schema": {
            "type": "string",
            "description": "frames of the event `line` with `id` and `data` (a `LogLine`); `lost`"
            " while nothing answers, `found` when something does again",
        }
    }
}
_HEADERS: Final = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)


class LogController:
    """Answers for `/api/v1/telemetry/logs`."""

    def __init__(self, logs: Logs | None, followers: Followers) -> None:
        self._logs = logs
        self._followers = followers

    @operation(
        "GET",
        _LOGS,
        "Search the logs",
        role=Role.VIEWER,
        query=schemas.LogQuery,
        answer=schemas.LogPage,
        errors=_ERRORS,
    )
    async def list_logs(self, exchange: Exchange, query: schemas.LogQuery) -> Reply:
        """List lines, latest first; `level` is the least."""
        return reply.json(await within(self._asked().search(query, windows.of(query))))

    @operation(
        "GET",
        f"{_LOGS}/follow",
        "Follow the logs",
        role=Role.VIEWER,
        query=schemas.FollowQuery,
        content=_FRAMES,
        stream=True,
        reads={"Last-Event-ID": "The id of the last line that the client has."},
        errors=_ERRORS,
    )
    async def follow_logs(self, exchange: Exchange, query: schemas.FollowQuery) -> Reply:
        """Stream lines as they come, from the next one on, or from the one that is known.

        The stream ends with the session, or after the life of an access token: come again with
        `Last-Event-ID`.
        """
        last = exchange.headers.get(b"last-event-id", b"").decode("latin-1")[:512] or None
        caller, logs = exchange.signed_in(), self._asked()
        pieces = await within(self._followers.follow(caller, logs, query, last))
        return Stream(200, _HEADERS, pieces)

    def _asked(self) -> Logs:
        if self._logs is None:
            raise TelemetryOff("LOGS_URL is not set: nothing keeps logs here")
        return self._logs
