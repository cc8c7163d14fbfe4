"""Prometheus' HTTP API: what a request asks, and answers and errors in its shapes."""

import math
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import promql_parser

from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Handler, Route
from groundplan_telemetry.metrics import answers, labels, query
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.relabel import LABEL
from groundplan_telemetry.metrics.storage.store import Store
from groundplan_telemetry.metrics.turns import Apart, Turns

STEP: Final = (
    "zero or negative query resolution step widths are not accepted. Try a positive integer"
)
DAY: Final = 86_400_000
RECENT: Final = 3_600_000


class Api:
    """Answers queries from a store."""

    def __init__(self, store: Store, apart: Apart) -> None:
        self._store = store
        self._turns = Turns(apart)

    def routes(self) -> Sequence[Route]:
        """Return what is answered; queries may come as forms too."""
        asked = {
            "/api/v1/query": self._at,
            "/api/v1/query_range": self._over,
            "/api/v1/series": self._series,
            "/api/v1/labels": self._labels,
        }
        return (
            *(Route("GET", path, answered(work)) for path, work in asked.items()),
            *(Route("POST", path, answered(work)) for path, work in asked.items()),
            Route("GET", "/api/v1/label/{name}/values", answered(self._values)),
        )

    async def _at(self, asked: Request) -> Any:
        moment = _time(asked, "time", _now())
        given = (self._store, asked.text("query"), moment)
        return await self._turns.ask(_longest(asked), query.at, *given)

    async def _over(self, asked: Request) -> Any:
        start, end = _time(asked, "start"), _time(asked, "end")
        if end < start:
            raise _bad("end", "end timestamp must not be before start time")
        given = (self._store, asked.text("query"), start, end, _step(asked))
        return await self._turns.ask(_longest(asked), query.over, *given)

    async def _series(self, asked: Request) -> Any:
        if not asked.every("match[]"):
            raise QueryError("no match[] parameter provided", "bad_data")
        return answers.series(await self._chosen(asked))

    async def _labels(self, asked: Request) -> Any:
        return sorted({name for each in await self._chosen(asked) for name, _ in each})

    async def _values(self, asked: Request) -> Any:
        name = asked.parts["name"]
        if LABEL.fullmatch(name) is None:
            raise QueryError(f'invalid label name: "{name}"', "bad_data")
        found = {labels.value(each, name) for each in await self._chosen(asked)}
        return sorted(found - {""})

    async def _chosen(self, asked: Request) -> set[labels.Labels]:
        now = _now()
        start, end = _time(asked, "start", now - RECENT), _time(asked, "end", now)
        chosen = [query.matchers(written) for written in asked.every("match[]")]
        found: set[labels.Labels]
        given = (self._store, chosen, start, end)
        found = await self._turns.ask(_longest(asked), query.with_samples, *given)
        return found


def answered(work: Callable[[Request], Awaitable[Any]]) -> Handler:
    """Return a handler that dresses up what work returns, or why it cannot."""

    async def handler(asked: Request) -> Reply:
        try:
            return reply.json({"status": "success", "data": await work(asked)})
        except QueryError as error:
            said = {"status": "error", "errorType": error.kind, "error": str(error)}
            return reply.json(said, error.status)

    return handler


def _now() -> int:
    return time.time_ns() // 1_000_000


def _bad(name: str, message: str) -> QueryError:
    return QueryError(f'invalid parameter "{name}": {message}', "bad_data")


def _time(asked: Request, name: str, default: int | None = None) -> int:
    written = asked.text(name)
    if not written and default is not None:
        return default
    try:
        return round(_seconds(written) * 1000)
    except (ValueError, OverflowError):
        message = f'cannot parse "{written}" to a valid timestamp'
        raise _bad(name, message) from None


def _seconds(written: str) -> float:
    try:
        found = float(written)
    except ValueError:
        at = datetime.fromisoformat(written.replace(" ", "+"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    if not math.isfinite(found):
        raise ValueError(written)
    return found


def _length(asked: Request, name: str) -> float:
    written = asked.text(name)
    try:
        found = float(written)
    except ValueError:
        try:
            found = promql_parser.parse_duration(written) / timedelta(seconds=1)
        except ValueError:
            found = math.nan
    if not math.isfinite(found):
        raise _bad(name, f'cannot parse "{written}" to a valid duration')
    return found


def _step(asked: Request) -> int:
    step = round(_length(asked, "step") * 1000)
    if step <= 0:
        raise _bad("step", STEP)
    return step


def _longest(asked: Request) -> float:
    if not asked.text("timeout"):
        return query.LONGEST
    return min(query.LONGEST, _length(asked, "timeout"))
