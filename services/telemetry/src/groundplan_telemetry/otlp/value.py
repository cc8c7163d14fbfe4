"""OpenTelemetry's values as plain ones, from JSON and from protobuf, within bounds."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

LONGEST: Final = 4096
"""Characters of a value; the rest is cut off."""
MOST: Final = 128
"""Attributes of one record; the rest is left out."""
CUT: Final = "…"
_LEAST, _LARGEST = -(1 << 63), (1 << 63) - 1


class AnyValue(msgspec.Struct):
    """A value in JSON: one of these is given."""

    stringValue: str | None = None  # noqa: N815 - the protocol's names
    boolValue: bool | None = None  # noqa: N815
    intValue: int | str | None = None  # noqa: N815
    doubleValue: float | str | None = None  # noqa: N815
    bytesValue: str | None = None  # noqa: N815
    arrayValue: "Values | None" = None  # noqa: N815
    kvlistValue: "Pairs | None" = None  # noqa: N815


class KeyValue(msgspec.Struct):
    """A named value in JSON."""

    key: str
    value: AnyValue = msgspec.field(default_factory=AnyValue)


class Values(msgspec.Struct):
    """A list in JSON."""

    values: list[AnyValue] = []


class Pairs(msgspec.Struct):
    """An object in JSON."""

    values: list[KeyValue] = []


def attributes_of_json(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    """Return attributes as plain values."""
    found: dict[str, Any] = {}
    for pair in pairs:
        if len(found) == MOST:
            break
        text = pair.value.stringValue
        found[pair.key[:LONGEST]] = cut(text) if text is not None else of_json(pair.value)
    return found


def of_json(value: AnyValue) -> Any:
    """Return a value as a plain one; None where none is given."""
    if value.stringValue is not None:
        return cut(value.stringValue)
    if value.boolValue is not None:
        return value.boolValue
    if value.intValue is not None:
        return _whole(int(value.intValue))
    if value.doubleValue is not None:
        return float(value.doubleValue)
    if value.arrayValue is not None:
        return [of_json(each) for each in value.arrayValue.values[:MOST]]
    if value.kvlistValue is not None:
        return attributes_of_json(value.kvlistValue.values)
    return None if value.bytesValue is None else cut(value.bytesValue)


def attributes_of_protobuf(pairs: Iterable[Any]) -> dict[str, Any]:
    """Return attributes as plain values."""
    found: dict[str, Any] = {}
    for pair in pairs:
        if len(found) == MOST:
            break
        found[pair.key[:LONGEST]] = of_protobuf(pair.value)
    return found


def of_protobuf(value: Any) -> Any:
    """Return a value as a plain one; None where none is given."""
    kind = value.WhichOneof("value")
    match kind:
        case "string_value":
            return cut(value.string_value)
        case "array_value":
            return [of_protobuf(each) for each in value.array_value.values[:MOST]]
        case "kvlist_value":
            return attributes_of_protobuf(value.kvlist_value.values)
        case "bytes_value":
            return cut(value.bytes_value[:LONGEST].hex())
        case None:
            return None
    return getattr(value, kind)


def _whole(number: int) -> int:
    if not _LEAST <= number <= _LARGEST:
        raise ValueError("a whole number has 64 bits")
    return number


def cut(text: str) -> str:
    """Return a text within bounds."""
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT
