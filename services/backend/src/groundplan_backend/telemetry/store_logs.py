"""Lines of the store of one machine."""

from typing import Any, Final

from msgspec import UNSET

from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogLine, LogPage, LogQuery
from groundplan_backend.telemetry.sources import News
from groundplan_backend.telemetry.store_traces import Page, checked, gathered, given, shown
from groundplan_backend.telemetry.window import Window

PAGE: Final = 500
"""Lines that a follower is told of at once."""
_LEVELS: Final = ("debug", "info", "warning", "error", "critical")


class StoreLogs:
    """Asks the store."""

    kind: Final = "store"

    def __init__(self, place: Place) -> None:
        self._place = place

    async def search(self, query: LogQuery, window: Window) -> LogPage:
        """Return a page of lines, latest first.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        asked = {**_filters(query), "after": query.after}
        page = await gathered(self._place, "/logs", given(asked, window, query.limit))
        return LogPage(items=[_line(one) for one in page.items], next=page.next)

    async def last(self) -> str | None:
        """Return the id of the latest line, None when there is none.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        page = await self._page({"limit": 1})
        return _line(page.items[0]).id if page.items else None

    async def since(self, query: FollowQuery, after: str | None) -> News:
        """Return the lines that came after one, a page of them.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        told = {name: value for name, value in _filters(query).items() if value is not UNSET}
        page = await self._page({**told, "since": after or "0", "limit": PAGE})
        return News([_line(one) for one in page.items], page.next or after)

    async def ask(self) -> None:
        """Return when it answers.

        Raises:
            TelemetryUnavailable: it does not.
        """
        await self.last()

    async def _page(self, parameters: dict[str, str | int]) -> Page:
        return checked(await self._place.get("/logs", parameters)).read(Page)


def _filters(query: LogQuery | FollowQuery) -> dict[str, Any]:
    names = ("text", "service", "replica", "trace_id", "attribute")
    levels = UNSET if query.level is UNSET else ",".join(_LEVELS[_LEVELS.index(query.level) :])
    return {**{name: getattr(query, name) for name in names}, "level": levels}


def _line(line: dict[str, Any]) -> LogLine:
    told = {**line, "id": str(line.get("id", ""))}
    for name in ("trace_id", "span_id"):
        told[name] = line.get(name) or ""
    found: LogLine = shown(LogLine, told)
    return found
