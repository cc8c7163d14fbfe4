"""One request as handlers see it, and how its body is read within bounds."""

import asyncio
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs

from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.rsgi import Exchange, RequestHeaders

LARGEST: Final = 8 << 20
"""Bytes of a body as it comes."""
LARGEST_UNPACKED: Final = LARGEST
"""A few bytes of gzip hold a thousand times as many: what they become is bounded as well."""
DIGITS: Final = 19
"""Of a whole number: no bound that we set has more."""
LARGEST_NUMBER: Final = 1e12
FIRST: Final = 0
LAST: Final = 7_258_118_400_000_000
"""The times that may be asked for: 1970 to 2200, in microseconds."""
WITHIN: Final = 10.0
"""Seconds in which a body must have come."""
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its body; `parts` are the values of the path's places."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    """Of the address, and of a body that is a form."""
    headers: RequestHeaders
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter's first value."""
        found = self.query.get(name)
        return found[0] if found else default

    def every(self, name: str) -> Sequence[str]:
        """Return all values of a parameter that may be given several times."""
        return self.query.get(name, ())

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number within bounds.

        Raises:
            Refused: it is none, or out of bounds.
        """
        written = self.text(name)
        if not written:
            return default
        is_number = written.isascii() and written.isdecimal() and len(written) <= DIGITS
        if not is_number or not least <= int(written) <= most:
            shown = written[: DIGITS + 1]
            message = f"`{name}` must be a whole number from {least} to {most}, is {shown!r}"
            raise Refused(400, "invalid_request", message)
        return int(written)

    def number(self, name: str) -> float | None:
        """Return a number that is not negative; None where it is not given.

        Raises:
            Refused: it is no such number.
        """
        written = self.text(name)
        try:
            value = float(written) if written else None
        except ValueError:
            value = -1.0
        if value is not None and not 0 <= value <= LARGEST_NUMBER:
            message = f"`{name}` must be a number of at least 0, is {written[:40]!r}"
            raise Refused(400, "invalid_request", message)
        return value

    def moment(self, name: str) -> int | None:
        """Return a time as microseconds since 1970; None where it is not given.

        Raises:
            Refused: it is not written as RFC 3339.
        """
        written = self.text(name)
        if not written:
            return None
        try:
            at = datetime.fromisoformat(written.replace(" ", "+"))
        except ValueError:
            message = f"`{name}` must be a time such as 2026-01-31T09:00:00Z, is {written!r}"
            raise Refused(400, "invalid_request", message) from None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        found = round(at.timestamp() * 1e6)
        if not FIRST <= found <= LAST:
            message = f"`{name}` must lie between 1970 and 2200, is {written!r}"
            raise Refused(400, "invalid_request", message)
        return found


def parameters(query_string: str, headers: RequestHeaders, body: bytes) -> dict[str, list[str]]:
    """Return what stands in an address and in a form, together."""
    found = parse_qs(query_string, keep_blank_values=True)
    if headers.get("content-type", "").startswith(FORM):
        for name, values in parse_qs(body.decode(errors="replace")).items():
            found.setdefault(name, []).extend(values)
    return found


async def read(exchange: Exchange, headers: RequestHeaders) -> bytes:
    """Return the body as its sender meant it, unpacked where it was packed.

    Raises:
        Refused: it is too large, comes too slowly, or is not packed as it says.
    """
    said = headers.get("content-length", "0")
    if said.isdecimal() and int(said) > LARGEST:
        raise _too_large()
    try:
        async with asyncio.timeout(WITHIN):
            body = await _whole(exchange)
    except TimeoutError:
        detail = f"A body comes within {WITHIN:g} s."
        raise Refused(408, "request_timeout", detail) from None
    return unpack(body, headers.get("content-encoding", ""))


async def _whole(exchange: Exchange) -> bytes:
    pieces, size = [], 0
    async for piece in exchange:
        size += len(piece)
        if size > LARGEST:
            raise _too_large()
        pieces.append(piece)
    return b"".join(pieces)


def unpack(body: bytes, encoding: str) -> bytes:
    """Return a body unpacked.

    Raises:
        Refused: it is too large then, or not packed as it says.
    """
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise Refused(415, "unsupported_media_type", f"`{encoding}` is not unpacked here")
    opened = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = opened.decompress(body, LARGEST_UNPACKED)
    except zlib.error as error:
        raise Refused(400, "invalid_request", f"the body is not gzip: {error}") from None
    if opened.unconsumed_tail:
        raise _too_large()
    if not opened.eof:
        raise Refused(400, "invalid_request", "the body is not gzip: it ends too early")
    return unpacked


def _too_large() -> Refused:
    return Refused(413, "request_too_large", f"A body has {LARGEST >> 20} MB at the most.")
