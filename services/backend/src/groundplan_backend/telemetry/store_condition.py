"""What the store of one machine says of itself, made into what the API tells."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.schemas import Drop, Gap, Kept
from groundplan_backend.telemetry.sources import Condition
from groundplan_backend.telemetry.store_traces import checked

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FUTURE: Final = 10**16
"""Microseconds since 1970 that no clock has reached."""


class _Drop(msgspec.Struct):
    signal: str
    reason: str
    records: int = 0


class _Gap(msgspec.Struct, rename={"start": "from", "end": "to"}):
    signal: str
    reason: str
    start: datetime
    end: datetime | None = None
    records: int = 0


class _State(msgspec.Struct):
    drops: list[_Drop] = []
    gaps: list[_Gap] = []
    signals: dict[str, dict[str, Any]] = {}


async def read(store: Place) -> Condition:
    """Return how much the store keeps and what it has lost.

    Raises:
        TelemetryUnavailable: there is no answer in time.
    """
    found = checked(await store.get("/state")).read(_State)
    return Condition(
        kept=tuple(_kept(signal, one) for signal, one in found.signals.items()),
        drops=tuple(
            Drop(signal=one.signal, reason=one.reason, count=one.records) for one in found.drops
        ),
        gaps=tuple(_gap(one) for one in found.gaps),
    )


def _kept(signal: str, said: dict[str, Any]) -> Kept:
    return Kept(
        signal=signal,
        items=_whole(said.get("records", said.get("items"))),
        bytes=_whole(said.get("bytes")),
        oldest=_moment(said.get("oldest")),
    )


def _gap(gap: _Gap) -> Gap:
    return Gap(
        signal=gap.signal, start=gap.start, end=gap.end, reason=gap.reason, lost=gap.records
    )


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(value: object) -> datetime | None:
    """Return a time that is written in microseconds since 1970, or in RFC 3339."""
    if isinstance(value, int) and 0 < value < _FUTURE:
        return _EPOCH + timedelta(microseconds=value)
    try:
        return msgspec.convert(value, datetime)
    except msgspec.ValidationError:
        return None
