"""Lines in Elasticsearch, by `_search`; the fields are those of the Elastic Common Schema.

Lines are in order of time and, within one moment, of `event.id`, which the pipeline gives to
each. The id of a line is its place in that order, so that a list and a follower go on from it.
"""

import base64
import binascii
from typing import Any, Final

import msgspec

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.elastic_lines import FIELDS, Hit, line
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogPage, LogQuery
from groundplan_backend.telemetry.sources import News
from groundplan_backend.telemetry.window import Window
from groundplan_contracts.problem import FieldError

PAGE: Final = 500
_TIMEOUT: Final = "1500ms"
"""Elasticsearch answers with what it has found by then."""
_LEVELS: Final = ("debug", "info", "warning", "error")
_ALSO: Final = {"warning": ("warn",), "error": ("err", "critical", "fatal", "alert", "emerg")}
"""Other words for our levels."""
_LAG: Final = "now-2s"
"""Followers see lines once others of the same moment have had time to arrive."""


class _Hits(msgspec.Struct):
    hits: list[Hit] = []


class _Found(msgspec.Struct):
    hits: _Hits


class Elasticsearch:
    """Asks one cluster, in the indices of a pattern."""

    kind: Final = "elasticsearch"

    def __init__(self, place: Place, index: str) -> None:
        self._place = place
        self._path = f"/{index}/_search?ignore_unavailable=true&allow_no_indices=true"

    async def search(self, query: LogQuery, window: Window) -> LogPage:
        """Return a page of lines, latest first.

        Raises:
            InvalidRequest: the cursor is none.
            TelemetryUnavailable: there is no answer in time.
        """
        span = {"gte": windows.text(window.start), "lte": windows.text(window.end)}
        after = _place(query.after) if isinstance(query.after, str) else None
        hits = await self._hits(_filters(query, span), query.limit + 1, "desc", after)
        lines = [line(hit, _written(hit.sort)) for hit in hits[: query.limit]]
        following = lines[-1].id if len(hits) > query.limit else None
        return LogPage(items=lines, next=following)

    async def last(self) -> str | None:
        """Return the id of the latest line, None when there is none.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        hits = await self._hits([{"range": {FIELDS.time: {"lte": _LAG}}}], 1, "desc", None)
        return _written(hits[0].sort) if hits else None

    async def since(self, query: FollowQuery, after: str | None) -> News:
        """Return the lines that came after one, a page of them.

        Raises:
            InvalidRequest: the id is of no line.
            TelemetryUnavailable: there is no answer in time.
        """
        place = _place(after) if after else None
        hits = await self._hits(_filters(query, {"lte": _LAG}), PAGE, "asc", place)
        lines = [line(hit, _written(hit.sort)) for hit in hits]
        return News(lines, lines[-1].id if lines else after)

    async def ask(self) -> None:
        """Return when it answers.

        Raises:
            TelemetryUnavailable: it does not.
        """
        await self.last()

    async def _hits(
        self, filters: list[dict[str, Any]], size: int, order: str, after: list[Any] | None
    ) -> list[Hit]:
        body: dict[str, Any] = {
            "size": size,
            "timeout": _TIMEOUT,
            "track_total_hits": False,
            "query": {"bool": {"filter": filters}},
            "sort": [
                {FIELDS.time: {"order": order, "format": "strict_date_optional_time_nanos"}},
                {FIELDS.id: {"order": order, "unmapped_type": "keyword"}},
            ],
        }
        if after is not None:
            body["search_after"] = after
        answer = await self._place.post_json(self._path, body)
        if answer.status != 200:
            raise TelemetryUnavailable(f"logs: answered with {answer.status}")
        return answer.read(_Found).hits.hits


def _filters(query: LogQuery | FollowQuery, span: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"range": {FIELDS.time: span}}]
    terms = {
        FIELDS.service: query.service,
        FIELDS.replica: query.replica,
        FIELDS.trace: query.trace_id,
    }
    found += [{"term": {name: value}} for name, value in terms.items() if isinstance(value, str)]
    if isinstance(query.text, str):
        # Words only: none of the operators of the full query language, which may be costly.
        words = {"query": query.text, "operator": "and"}
        found.append({"match": {FIELDS.message: words}})
    if isinstance(query.level, str):
        found.append({"terms": {FIELDS.level: _least(query.level)}})
    if isinstance(query.attribute, str):
        name, _, value = query.attribute.partition(":")
        found.append({"term": {name: value}})
    return found


def _least(level: str) -> list[str]:
    words = _LEVELS[_LEVELS.index(level) :]
    return [each for word in words for each in (word, *_ALSO.get(word, ()))]


def _written(sort: list[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(sort)).decode().rstrip("=")


def _place(cursor: str) -> list[Any]:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        found = msgspec.json.decode(raw, type=tuple[str, str | None])
        return list(found)
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        fault = FieldError("after", "is no cursor of ours")
        raise InvalidRequest("the query is not as described", errors=[fault]) from error
