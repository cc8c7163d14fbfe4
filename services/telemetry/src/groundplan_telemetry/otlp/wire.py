"""How many records a body of protobuf holds, before anybody reads it.

An empty record is two bytes on the wire and hundreds in memory: a small body may hold millions.
Traces and logs are nested alike (resources, scopes, records), by the same numbers of fields.
"""

from typing import Final

_PATH: Final = (1, 2, 2)
"""The field of resources, that of scopes within one, that of records within one."""
_VARINT, _EIGHT, _SIZED, _FOUR = 0, 1, 2, 5
_FIXED: Final = {_EIGHT: 8, _FOUR: 4}


def count(body: bytes, most: int) -> int:
    """Return how many resources, scopes and records there are; no further than past `most`.

    Raises:
        ValueError: it is no protobuf.
    """
    found, left = 0, [(0, len(body), 0)]
    while left:
        at, end, depth = left.pop()
        while at < end:
            tag, at = _number(body, at)
            begin, at = _skipped(body, at, tag & 7)
            if tag & 7 == _SIZED and tag >> 3 == _PATH[depth]:
                found += 1
                if found > most:
                    return found
                if depth + 1 < len(_PATH):
                    left.append((begin, min(at, end), depth + 1))
    return found


def _skipped(body: bytes, at: int, kind: int) -> tuple[int, int]:
    """Return where a field's value begins, and what comes behind it."""
    if kind == _SIZED:
        size, at = _number(body, at)
        return at, at + size
    if kind == _VARINT:
        return at, _number(body, at)[1]
    if kind not in _FIXED:
        raise ValueError("it is no protobuf")
    return at, at + _FIXED[kind]


def _number(body: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while at < len(body) and shift < 64:
        byte = body[at]
        found |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return found, at
        shift += 7
    raise ValueError("it is no protobuf")
