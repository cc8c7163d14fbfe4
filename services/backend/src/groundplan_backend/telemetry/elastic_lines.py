"""Documents of Elasticsearch made into lines, whether their fields are nested or dotted."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from groundplan_backend.telemetry.log_schemas import LogLine


class _Fields:
    """Where a line's parts stand, by the Elastic Common Schema."""

    time: Final = "@timestamp"
    id: Final = "event.id"
    service: Final = "service.name"
    replica: Final = "service.node.name"
    level: Final = "log.level"
    message: Final = "message"
    trace: Final = "trace.id"
    span: Final = "span.id"


FIELDS: Final = _Fields()
_HIDDEN: Final = frozenset({"ecs.version", "@version", "tags"})
"""What the pipeline adds for itself."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Hit(msgspec.Struct):
    """A document, and its place in the order that was asked for."""

    source: dict[str, Any] = msgspec.field(name="_source")
    sort: list[Any] = []


def line(hit: Hit, number: str) -> LogLine:
    """Return a document as a line."""
    found = dict(_flat(hit.source))
    known = {
        FIELDS.time,
        FIELDS.id,
        FIELDS.service,
        FIELDS.replica,
        FIELDS.level,
        FIELDS.message,
        FIELDS.trace,
        FIELDS.span,
    }
    return LogLine(
        id=number,
        time=_moment(found.get(FIELDS.time)),
        service=_text(found, FIELDS.service),
        replica=_text(found, FIELDS.replica),
        level=_text(found, FIELDS.level).lower(),
        message=_text(found, FIELDS.message),
        trace_id=_text(found, FIELDS.trace),
        span_id=_text(found, FIELDS.span),
        attributes={name: value for name, value in found.items() if name not in known | _HIDDEN},
    )


def _flat(document: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((prefix + name, value))
    return found


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return "" if value is None else str(value)


def _moment(value: object) -> datetime:
    """Return the time of a line; the beginning of time where it has none that can be read."""
    try:
        moment: datetime = msgspec.convert(value, datetime)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (msgspec.ValidationError, OverflowError):
        return _EPOCH
