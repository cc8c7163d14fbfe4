"""Strict reading of what a client sends: query strings and JSON bodies into msgspec structs."""

import re
from functools import lru_cache
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import msgspec

from groundplan_backend.errors import InvalidRequest, UnsupportedMediaType
from groundplan_contracts.problem import FieldError

_PLACE: Final = re.compile(r"(?P<message>.*?)(?: - at `\$?\.?(?P<path>[^`]*)`)?", re.DOTALL)
_FIELD: Final = re.compile(r"(?:unknown|missing required) field `(?P<field>[^`]*)`")

_KEY: Final = re.compile(rb"[\x21-\x7e]{1,255}")

T = TypeVar("T")


def body(kind: type[T], raw: bytes, content_type: bytes) -> T:
    """Read a JSON body.

    Raises:
        UnsupportedMediaType: the body is declared as something else.
        InvalidRequest: it is no JSON, or not of this shape.
    """
    if content_type.split(b";", 1)[0].strip().lower() != b"application/json":
        raise UnsupportedMediaType("send the body as application/json")
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise _refused(error, "the body") from error
    except msgspec.DecodeError as error:
        raise InvalidRequest(f"the body is not JSON: {error}") from error


@lru_cache(maxsize=1024)
def query(kind: type[T], raw: bytes) -> T:
    """Read a query string; remembered, for the same few are asked again and again.

    Raises:
        InvalidRequest: a parameter is unknown, stands twice or is out of its limits.
    """
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError as error:
        raise InvalidRequest("the query string cannot be read") from error
    values = dict(pairs)
    if len(values) < len(pairs):
        raise InvalidRequest("a query parameter stands twice")
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _refused(error, "the query") from error


def _refused(error: msgspec.ValidationError, what: str) -> InvalidRequest:
    found = _PLACE.fullmatch(str(error))
    message, path = (found["message"], found["path"]) if found else (str(error), None)
    named = _FIELD.search(message)
    if named:
        path = f"{path}.{named['field']}" if path else named["field"]
    return InvalidRequest(
        f"{what} is not as described", errors=[FieldError(path or "", message or "is refused")]
    )


def idempotency_key(headers: dict[bytes, bytes]) -> str | None:
    """Read the `Idempotency-Key` header.

    Raises:
        InvalidRequest: it is empty, too long or has other than visible ASCII characters.
    """
    value = headers.get(b"idempotency-key")
    if value is None:
        return None
    if _KEY.fullmatch(value) is None:
        raise InvalidRequest(
            "a header is not as described",
            errors=[FieldError("Idempotency-Key", "must be 1 to 255 visible ASCII characters")],
        )
    return value.decode("ascii")
