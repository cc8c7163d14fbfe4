"""Times as numbers and as text: microseconds since 1970, and RFC 3339."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def written(moment: int) -> str:
    """Return microseconds since 1970 as RFC 3339 in UTC."""
    at = _EPOCH + timedelta(microseconds=moment)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(text: str) -> int | None:
    """Return microseconds since 1970 of a time in RFC 3339; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (at - _EPOCH) // timedelta(microseconds=1)
