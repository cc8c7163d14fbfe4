"""What is asked of logs over HTTP: `GET /logs`, once or again and again."""

import re
from collections.abc import Sequence
from typing import Final

from groundplan_telemetry.disk import question as asked
from groundplan_telemetry.disk.reading import SlowError
from groundplan_telemetry.disk.shelf import Shelf
from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import Refused, Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.logs import search
from groundplan_telemetry.logs.search import Question
from groundplan_telemetry.records.line import LEVELS, Line, level_of
from groundplan_telemetry.state import State

USUAL: Final = 100
MOST: Final = 1000


class Logs:
    """Answers from one shelf of lines."""

    def __init__(self, state: State, shelf: Shelf[Line]) -> None:
        self._state = state
        self._shelf = shelf

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""
        return (Route("GET", "/logs", self._list),)

    async def _list(self, request: Request) -> Reply:
        question = _question(request)
        try:
            page = await self._state.apart(search.search, self._shelf, question)
        except SlowError:
            detail = "The search took too long; ask for a shorter time or for a service."
            raise Refused(503, "search_too_slow", detail) from None
        goes_on = None if page.next is None else str(page.next)
        return reply.json({"items": page.lines, "next": goes_on})


def _question(request: Request) -> Question:
    since = request.whole("since", -1, 0, asked.LARGEST_ID)
    return Question(
        window=asked.window(request, USUAL, MOST),
        text=request.text("text"),
        service=request.text("service"),
        replica=request.text("replica"),
        levels=_levels(request.text("level")),
        trace=_trace(request.text("trace_id")),
        attributes=asked.attributes(request),
        since=since if since >= 0 else None,
    )


def _levels(written: str) -> list[int]:
    found = [level_of(word.strip()) for word in written.split(",") if word.strip()]
    if None in found:
        known = ", ".join(LEVELS)
        raise Refused(400, "invalid_request", f"`level` must be of {known}; is {written!r}")
    return [each for each in found if each is not None]


def _trace(written: str) -> bytes:
    if written and not re.fullmatch("[0-9a-fA-F]{32}", written):
        raise Refused(400, "invalid_request", "A trace's id has 32 hexadecimal digits.")
    return bytes.fromhex(written)
