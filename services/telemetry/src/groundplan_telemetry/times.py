"""Times as numbers and as text: microseconds since 1970, and RFC 3339."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_FIRST: Final = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LAST: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def written(moment: int) -> str:
    """Return microseconds since 1970 as RFC 3339 in UTC; the years are 1 to 9999."""
    at = _EPOCH + timedelta(microseconds=min(max(moment, _FIRST), _LAST))
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(text: str) -> int | None:
    """Return microseconds since 1970 of a time in RFC 3339; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (at - _EPOCH) // _MICROSECOND
