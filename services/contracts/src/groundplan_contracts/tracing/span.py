"""A span: one piece of work within a trace, finished."""

from enum import IntEnum
from typing import Final

import msgspec

Value = str | int | float | bool
Attributes = dict[str, Value]
NANO: Final = 1_000_000_000
REASON: Final = "sampling.reason"
"""Says why the span of a request that was not sampled is kept: `error` or `slow`."""


class Kind(IntEnum):
    """What a span's work was to others, by OTLP's numbers."""

    INTERNAL = 1
    SERVER = 2
    CLIENT = 3
    PRODUCER = 4
    CONSUMER = 5


class Event(msgspec.Struct, frozen=True):
    """Something that happened at one moment of a span; `time` is in nanoseconds since 1970."""

    time: int
    name: str
    attributes: Attributes = {}


class Span(msgspec.Struct, kw_only=True):
    """One piece of work; `start` and `end` are in nanoseconds since 1970.

    `error` is empty when the work succeeded, else the kind of its failure (`error.type`).
    """

    trace_id: str
    span_id: str
    parent_id: str = ""
    name: str
    kind: Kind = Kind.INTERNAL
    start: int
    end: int
    attributes: Attributes = {}
    events: tuple[Event, ...] = ()
    error: str = ""
