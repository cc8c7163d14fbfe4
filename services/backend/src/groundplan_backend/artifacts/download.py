"""The answer that carries a file: whole, a range of it, or the news that the client has it."""

import re
from typing import Final

from groundplan_backend.artifacts import names
from groundplan_backend.artifacts.service import Content
from groundplan_backend.errors import RangeNotSatisfiable
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.reply import Header, Reply
from groundplan_backend.http.stream import Stream

_RANGE: Final = re.compile(rb"bytes=\s*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))\s*")
_HARMLESS: Final = (
    (b"cache-control", b"private, no-cache"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"sandbox; default-src 'none'"),
    (b"accept-ranges", b"bytes"),
)
"""Saved, never shown: what is fetched may be a page or a script of a stranger's."""


def wanted(content: Content, exchange: Exchange) -> Reply:
    """Return what the request's conditions ask for.

    Raises:
        RangeNotSatisfiable: the file has no bytes there.
    """
    artifact, asked = content.artifact, exchange.headers
    etag = f'"{artifact.sha256}"'.encode()
    if _knows(asked.get(b"if-none-match"), etag):
        return Reply(304, (*_HARMLESS, (b"etag", etag)), b"")
    found = _range(asked, etag, artifact.size)
    start, end = found or (0, artifact.size)
    headers: list[Header] = [
        *_HARMLESS,
        (b"etag", etag),
        (b"content-type", artifact.media_type.encode()),
        (b"content-disposition", names.disposition(artifact.name).encode()),
        (b"content-length", str(end - start).encode()),
    ]
    if found is not None:
        headers.append((b"content-range", f"bytes {start}-{end - 1}/{artifact.size}".encode()))
    return Stream(206 if found else 200, headers, content.read(start, end))


def _knows(given: bytes | None, etag: bytes) -> bool:
    if given is None:
        return False
    known = {one.strip().removeprefix(b"W/") for one in given.split(b",")}
    return b"*" in known or etag in known


def _range(asked: dict[bytes, bytes], etag: bytes, size: int) -> tuple[int, int] | None:
    """Return the one range that is to be sent; None stands for the whole file."""
    text = asked.get(b"range")
    if text is None or asked.get(b"if-range", etag) != etag:
        return None
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first, last, tail = found.groups()
    start = max(0, size - int(tail)) if tail is not None else int(first)
    end = min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return None
    if start >= size or end <= start:
        raise RangeNotSatisfiable(f"the file has {size} bytes", size=size)
    return start, end
