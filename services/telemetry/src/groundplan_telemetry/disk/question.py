"""What every search asks: times, attributes written `key:value`, and where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.http.request import Request

MOST_ATTRIBUTES = 16
EXAMINED = 2_000
"""Candidates that one request looks at; the next one goes on behind them."""
LARGEST_ID = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of what is found is wanted; times are microseconds since 1970."""

    low: int | None
    high: int | None
    limit: int
    after: int
    """Only what has a smaller number."""


def window(request: Request, usual: int, most: int) -> Window:
    """Read `from`, `to`, `limit` and `after`.

    Raises:
        Refused: one of them is wrong.
    """
    return Window(
        low=request.moment("from"),
        high=request.moment("to"),
        limit=request.whole("limit", usual, 1, most),
        after=request.whole("after", LARGEST_ID, 0, LARGEST_ID),
    )


def attributes(request: Request) -> Sequence[tuple[str, str]]:
    """Read every `attribute=key:value`.

    Raises:
        Refused: one of them is no pair, or there are too many.
    """
    given = request.every("attribute")
    if len(given) > MOST_ATTRIBUTES:
        detail = f"`attribute` may be given {MOST_ATTRIBUTES} times, is given {len(given)} times"
        raise Refused(400, "invalid_request", detail)
    pairs = []
    for each in given:
        key, colon, value = each.partition(":")
        if not key or not colon:
            detail = f"`attribute` must be such as http.route:/api/v1/me, is {each!r}"
            raise Refused(400, "invalid_request", detail)
        pairs.append((key, value))
    return pairs
