"""A line of a log, and the words for how grave it is."""

from typing import Any, Final, NamedTuple

from groundplan_telemetry.records.source import Source

LEVELS: Final = ("debug", "info", "warning", "error", "critical")
DEBUG, INFO, WARNING, ERROR, CRITICAL = range(5)
_WORDS: Final = {
    **{word: number for number, word in enumerate(LEVELS)},
    "trace": DEBUG, "verbose": DEBUG, "log": INFO, "notice": INFO, "information": INFO,
    "warn": WARNING, "err": ERROR, "fatal": CRITICAL, "panic": CRITICAL, "emerg": CRITICAL,
    "alert": CRITICAL, "crit": CRITICAL,
}  # fmt: skip


class Line(NamedTuple):
    """A line; `time` is in microseconds since 1970."""

    time: int
    source: Source
    level: int
    message: str
    trace: bytes
    """Empty where it belongs to none."""
    span: bytes
    attributes: dict[str, Any]


def level_of(word: str) -> int | None:
    """Return how grave a word is; None where it is no such word."""
    return _WORDS.get(word.lower())
