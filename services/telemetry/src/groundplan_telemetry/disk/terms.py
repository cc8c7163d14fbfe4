"""Words by which records are found: short, made of letters and digits, the same for ever.

Values are told apart by a checksum, so two may share a word: whoever finds a record by its
words looks at the record itself before he shows it.
"""

from functools import lru_cache
from typing import Any, Final
from zlib import crc32

MARK: Final = "zq"
"""Begins every word, so that none is a word of a text."""
LONGEST: Final = 256
"""Characters of a value that can be searched for."""
STEPS: Final = 2
"""Buckets of a duration for every doubling."""
MOST: Final = 80
Value = str | int | float | bool


def written(value: Any) -> str:
    """Return a value as it is written in a search."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def attribute(key: str, value: str) -> str:
    """Return the word of an attribute with some value."""
    return _word("a", key, value[:LONGEST])


def service(name: str) -> str:
    """Return the word of a service."""
    return _word("s", name, "")


def replica(name: str) -> str:
    """Return the word of a replica."""
    return _word("r", name, "")


def operation(name: str) -> str:
    """Return the word of a span's name."""
    return _word("o", name, "")


def level(number: int) -> str:
    """Return the word of a level."""
    return f"{MARK}l{number}"


def failed() -> str:
    """Return the word of what failed."""
    return f"{MARK}e1"


def duration(microseconds: int) -> str:
    """Return the word of about such a duration."""
    return f"{MARK}d{bucket(microseconds)}"


def durations(least: float, most: float | None) -> list[str]:
    """Return the words of all durations within bounds, in microseconds; some lie outside."""
    last = MOST if most is None else bucket(int(most))
    return [f"{MARK}d{each}" for each in range(bucket(int(least)), last + 1)]


def bucket(microseconds: int) -> int:
    """Return the bucket of a duration: `STEPS` for every doubling."""
    if microseconds <= 0:
        return 0
    doublings = microseconds.bit_length() - 1
    upper = microseconds * microseconds >= 2 << (2 * doublings)
    return min(MOST, 1 + doublings * STEPS + upper)


@lru_cache(maxsize=8192)
def _word(kind: str, name: str, value: str) -> str:
    return f"{MARK}{kind}{crc32(f'{name}={value}'.encode()):08x}"
