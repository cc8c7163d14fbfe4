"""Prometheus' HTTP API, as Prometheus and the store of one machine speak it.

An error of the expression (400 with `bad_data`, 422 with `execution`) is told to who wrote it;
any other is nobody's answer.
"""

import math
from datetime import UTC, datetime
from typing import Final, TypeVar

import msgspec

from groundplan_backend.errors import QueryRefused, TelemetryUnavailable
from groundplan_backend.telemetry.ask import PATIENCE, Answer, Place
from groundplan_backend.telemetry.sources import Active, Labels, Points, Rule, Sample

_REFUSALS: Final = frozenset({"bad_data", "execution"})
_FIRST_YEAR: Final = 2000
"""Prometheus writes the year 1 for never."""

_PATIENCE: Final = str(PATIENCE)
"""Nobody goes on to evaluate what nobody waits for any more."""

_Pair = tuple[float, str]


T = TypeVar("T")


class _Error(msgspec.Struct):
    error_type: str = msgspec.field(default="", name="errorType")
    error: str = ""


class _Found(msgspec.Struct):
    metric: Labels = {}
    value: _Pair | None = None
    values: list[_Pair] = []


class _Result(msgspec.Struct):
    kind: str = msgspec.field(name="resultType")
    result: msgspec.Raw


class _Queried(msgspec.Struct):
    data: _Result


class _Alert(msgspec.Struct, rename="camel"):
    state: str = "firing"
    labels: Labels = {}
    annotations: Labels = {}
    active_at: str = ""
    value: str = ""


class _Rule(msgspec.Struct, rename="camel"):
    type: str
    name: str
    query: str = ""
    duration: float = 0
    labels: Labels = {}
    annotations: Labels = {}
    state: str = "inactive"
    last_error: str = ""
    last_evaluation: str = ""
    alerts: list[_Alert] | None = None


class _Group(msgspec.Struct):
    rules: list[_Rule] = []


class _Groups(msgspec.Struct):
    groups: list[_Group] = []


class _Ruled(msgspec.Struct):
    data: _Groups


class Prometheus:
    """Asks one Prometheus."""

    kind: Final = "prometheus"

    def __init__(self, place: Place) -> None:
        self._place = place

    async def now(self, expression: str) -> list[Sample]:
        """Return the values of this moment.

        Raises:
            QueryRefused: the expression cannot be read or evaluated.
            TelemetryUnavailable: there is no answer in time.
        """
        answer = await self._place.post_form(
            "/api/v1/query", {"query": expression, "timeout": _PATIENCE}
        )
        found = _result(answer)
        return [
            Sample(one.metric, _number(one.value[1])) for one in found if one.value is not None
        ]

    async def over(self, expression: str, moments: list[int], every: int) -> list[Points]:
        """Return the values at these moments.

        Raises:
            QueryRefused: the expression cannot be read or evaluated.
            TelemetryUnavailable: there is no answer in time.
        """
        if not moments:
            return []
        form = {
            "query": expression,
            "start": str(moments[0]),
            "end": str(moments[-1]),
            "step": str(every),
            "timeout": _PATIENCE,
        }
        found = _result(await self._place.post_form("/api/v1/query_range", form))
        return [
            Points(one.metric, {round(at): _number(value) for at, value in one.values})
            for one in found
        ]

    async def rules(self) -> list[Rule]:
        """Return the alerting rules.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        answer = await self._place.get("/api/v1/rules", {"type": "alert"})
        groups = _checked(answer).read(_Ruled).data.groups
        return [_rule(rule) for group in groups for rule in group.rules if rule.type == "alerting"]

    async def ask(self) -> None:
        """Return when it answers.

        Raises:
            TelemetryUnavailable: it does not.
        """
        await self.now("vector(1)")


def _checked(answer: Answer) -> Answer:
    if answer.status == 200:
        return answer
    if answer.status in (400, 422):
        problem = answer.read(_Error)
        if problem.error_type in _REFUSALS:
            raise QueryRefused(problem.error[:1000] or "the expression is refused")
    raise TelemetryUnavailable(f"metrics: answered with {answer.status}")


def _result(answer: Answer) -> list[_Found]:
    found = _checked(answer).read(_Queried).data
    if found.kind in ("vector", "matrix"):
        return _decoded(found.result, list[_Found])
    if found.kind == "scalar":
        return [_Found(value=_decoded(found.result, tuple[float, str]))]
    raise QueryRefused(f"the expression makes a {found.kind}, which is no number")


def _decoded(raw: msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise TelemetryUnavailable(f"the answer is not as agreed: {error}") from error


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _rule(rule: _Rule) -> Rule:
    found = tuple(
        Active(one.state, one.labels, one.annotations, _moment(one.active_at), one.value)
        for one in rule.alerts or ()
    )
    return Rule(
        name=rule.name,
        query=rule.query,
        holds=rule.duration,
        labels=rule.labels,
        annotations=rule.annotations,
        state=rule.state,
        problem=rule.last_error,
        checked_at=_moment(rule.last_evaluation),
        found=found,
    )


def _moment(text: str) -> datetime | None:
    try:
        moment: datetime = msgspec.convert(text, datetime)
    except msgspec.ValidationError:
        return None
    if moment.year < _FIRST_YEAR or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)
