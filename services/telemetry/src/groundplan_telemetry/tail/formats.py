"""A line of a file as a record: JSON, PostgreSQL's, Redis', or plain text.

A request's line that carries a span's identifiers is a span as well: nginx and Envoy write no
others. Nothing here fails: what cannot be read as it should is kept as text. Fields whose names
say that they hold a secret are dropped.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from groundplan_contracts.tracing.private import is_secret
from groundplan_telemetry import times
from groundplan_telemetry.otlp import identifier
from groundplan_telemetry.otlp.value import cut
from groundplan_telemetry.records.line import ERROR, INFO, WARNING, Line, level_of
from groundplan_telemetry.records.source import Source

Format = Callable[[bytes, Source, int], Line]
"""Takes a line, who wrote it and the time of now, for lines that have none."""

EARLIEST: Final = 946_684_800_000_000
"""The year 2000 in microseconds: an earlier time is how some programs write none."""
_TIMES: Final = ("time", "timestamp", "@timestamp", "ts")
_LEVELS: Final = ("level", "severity", "log.level")
_MESSAGES: Final = ("message", "msg", "event")
_ACCESS: Final = ("", "access")
_TRACEPARENT: Final = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_POSTGRES: Final = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) UTC \[(\d+)\] (.*?)([A-Z]+):  (.*)", re.DOTALL
)
_CALLER: Final = re.compile(r"\bclient: [0-9a-f.:]+")
_REDIS: Final = re.compile(r"\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ ([.\-*#]) (.*)", re.DOTALL)
_REDIS_LEVELS: Final = {".": "debug", "-": "debug", "*": "info", "#": "warning"}
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def read(as_told: Format, raw: bytes, source: Source, now: int) -> Line:
    """Read a line as it was told; what nobody foresaw in it makes it plain text."""
    try:
        return as_told(raw, source, now)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return of_text(raw, source, now)


def of_json(raw: bytes, source: Source, now: int) -> Line:
    """Read a line of JSON; what is no JSON is text."""
    try:
        members = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return of_text(raw, source, now)
    at = _within(_time(members, now), now)
    trace, span = _identifiers(members)
    level = _level(members)
    message = _message(members)
    for name in ("service", "component", "replica"):
        members.pop(name, None)
    attributes = {
        key: _plain(each)
        for key, each in members.items()
        if each not in ("", None) and not is_secret(key)
    }
    return Line(at, source, level, message, trace, span, attributes)


def of_postgres(raw: bytes, source: Source, now: int) -> Line:
    """Read a line of PostgreSQL's log, with the prefix that we give it."""
    text = raw.decode(errors="replace")
    found = _POSTGRES.fullmatch(text)
    if found is None:
        return of_text(raw, source, now)
    written, process, who, word, message = found.groups()
    attributes: dict[str, Any] = {"process.pid": int(process)}
    if "@" in who:
        attributes["db.user"], _, attributes["db.namespace"] = who.strip().rpartition("@")
    level = level_of(word)
    at = _within(times.read(written.replace(" ", "T") + "+00:00") or now, now)
    return Line(at, source, INFO if level is None else level, cut(message), b"", b"", attributes)


def of_redis(raw: bytes, source: Source, now: int) -> Line:
    """Read a line of Redis' log; its time has no zone and is not taken."""
    text = raw.decode(errors="replace")
    found = _REDIS.fullmatch(text)
    if found is None:
        return of_text(raw, source, now)
    level = level_of(_REDIS_LEVELS[found[1]])
    return Line(now, source, INFO if level is None else level, cut(found[2]), b"", b"", {})


def of_text(raw: bytes, source: Source, now: int) -> Line:
    """Read any other line; how grave it is stands in its first words, if anywhere.

    What nginx says of a failure names its caller, who is nobody's business here.
    """
    text = _CALLER.sub("client: -", raw.decode(errors="replace"))
    words = re.findall(r"[A-Za-z]+", text[:80])
    known = (level_of(word) for word in words if word.isupper() or f"[{word}]" in text)
    level = next((each for each in known if each is not None), INFO)
    return Line(now, source, level, cut(text), b"", b"", {})


FORMATS: Final[Mapping[str, Format]] = {
    "json": of_json,
    "postgres": of_postgres,
    "redis": of_redis,
    "text": of_text,
}


def _within(at: int, now: int) -> int:
    return min(at, now) if at >= EARLIEST else now


def _time(members: dict[str, Any], now: int) -> int:
    if "sampled" in members and (end := _number(members.pop("end", 0))):
        return int(end * 1e6)  # nginx writes other times to the second
    for name in _TIMES:
        written = members.pop(name, None)
        if isinstance(written, str) and (found := times.read(written)) is not None:
            return found
        if isinstance(written, int | float) and 0 < written < 1e11:
            return int(written * 1e6)
    return now


def _identifiers(members: dict[str, Any]) -> tuple[bytes, bytes]:
    trace, span = str(members.pop("trace_id", "")), str(members.pop("span_id", ""))
    for name in ("traceparent", "trace"):
        if found := _TRACEPARENT.fullmatch(str(members.get(name, ""))):
            del members[name]
            trace, span = trace or found[1], span or found[2]
            members["trace_flags"] = found[3]
    return (_bytes(trace, identifier.TRACE), _bytes(span, identifier.SPAN))


def _bytes(written: str, length: int) -> bytes:
    try:
        return identifier.optional(bytes.fromhex(written), length)
    except ValueError:
        return b""


def _level(members: dict[str, Any]) -> int:
    for name in _LEVELS:
        level = level_of(str(members.get(name, "")))
        if level is not None:
            del members[name]
            if level == INFO:
                break
            return level
    status = _number(members.get("status"))
    return ERROR if status >= 500 else WARNING if status >= 400 else INFO


def _message(members: dict[str, Any]) -> str:
    for name in _MESSAGES:
        if isinstance(members.get(name), str):
            message = str(members.pop(name))
            break
    else:
        message = ""
    if message in _ACCESS and "method" in members and "path" in members:
        return cut(f"{members['method']} {members['path']} {members.get('status', '')}".strip())
    return cut(message)


def _number(value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, dict | list):
        return cut(msgspec.json.encode(value).decode())
    return value
