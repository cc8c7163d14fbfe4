"""Ranges of time, from what a client wrote to moments that can be asked for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import UnsetType

from groundplan_backend.errors import InvalidRequest
from groundplan_backend.telemetry.schemas import RangeQuery
from groundplan_contracts.problem import FieldError

LONGEST: Final = timedelta(days=31)
POINTS: Final = 120
"""Of a line, when nobody says how many."""
MOST_POINTS: Final = 1000
_DEFAULT: Final = timedelta(hours=1)
_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, in UTC."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.end - self.start).total_seconds()


def of(query: RangeQuery, now: datetime | None = None) -> Window:
    """Return the range of a query; the last hour unless it says otherwise.

    Raises:
        InvalidRequest: a moment is none, or it ends before it begins, or it is too long.
    """
    start, end = _moment("from", query.start), _moment("to", query.end)
    now = now or datetime.now(UTC)
    if end is None:
        end = min(now, start + LONGEST) if start else now
    if start is None:
        start = end - _DEFAULT
    if start >= end:
        raise _refused("from", "must be before `to`")
    if end - start > LONGEST:
        raise _refused("from", f"may be {LONGEST.days} days before `to`")
    return Window(start, end)


def step(window: Window, asked: int | UnsetType) -> int:
    """Return the seconds between two points.

    Raises:
        InvalidRequest: there would be too many points.
    """
    if isinstance(asked, int):
        if window.seconds / asked > MOST_POINTS:
            raise _refused("step", f"makes more than {MOST_POINTS} points")
        return asked
    return max(1, round(window.seconds / POINTS))


def moments(window: Window, every: int) -> list[int]:
    """Return multiples of the step within the range, so that asking again gives the same ones."""
    first = -int(-window.start.timestamp() // every) * every
    return list(range(first, int(window.end.timestamp()) + 1, every))


def text(moment: datetime) -> str:
    """Return a moment in RFC 3339 with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _moment(name: str, written: str | UnsetType) -> datetime | None:
    if isinstance(written, UnsetType):
        return None
    try:
        moment = datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refused(name, "is no moment") from error
    if not _FIRST <= moment <= _LAST:
        raise _refused(name, "is no moment that anything was measured at")
    return moment


def _refused(name: str, words: str) -> InvalidRequest:
    return InvalidRequest("the query is not as described", errors=[FieldError(name, words)])
