"""Identifiers of traces and spans as bytes: 16 and 8, and not all zero."""

from typing import Final

TRACE: Final = 16
SPAN: Final = 8


def trace(given: bytes) -> bytes:
    """Return a trace's identifier.

    Raises:
        ValueError: it is none.
    """
    return _whole(given, TRACE)


def span(given: bytes) -> bytes:
    """Return a span's identifier.

    Raises:
        ValueError: it is none.
    """
    return _whole(given, SPAN)


def optional(given: bytes, length: int) -> bytes:
    """Return an identifier that may be missing; empty where it is, or is none."""
    return given if len(given) == length and any(given) else b""


def _whole(given: bytes, length: int) -> bytes:
    if len(given) != length or not any(given):
        raise ValueError(f"an identifier has {length} bytes that are not all zero")
    return given
