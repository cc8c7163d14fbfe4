"""A span: one piece of work of one request."""

from enum import IntEnum
from typing import Any, NamedTuple

from groundplan_telemetry.records.source import Source


class Kind(IntEnum):
    """What a span is to its neighbours, numbered as OpenTelemetry does."""

    UNSPECIFIED = 0
    INTERNAL = 1
    SERVER = 2
    CLIENT = 3
    PRODUCER = 4
    CONSUMER = 5


class Event(NamedTuple):
    """Something that happened meanwhile; `time` is in microseconds since 1970."""

    name: str
    time: int
    attributes: dict[str, Any]


class Span(NamedTuple):
    """A span; `start` and `duration` are in microseconds."""

    trace: bytes
    span: bytes
    parent: bytes
    """Empty where there is none."""
    source: Source
    name: str
    kind: int
    start: int
    duration: int
    failed: bool
    attributes: dict[str, Any]
    events: tuple[Event, ...] = ()
    message: str = ""
    """Of the status."""
