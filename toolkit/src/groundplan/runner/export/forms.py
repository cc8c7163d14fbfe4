"""The forms in which a secret may stand in a text: itself, quoted, encoded, hashed."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus

SHORTEST: Final = 6
"""Letters below which a value is no secret that could be told from other text."""
_LEAST_CODED: Final = 8
_LONG: Final = 24
_ONE_WORD: Final = re.compile(r"[\w-]+")


def of(secret: str) -> list[str]:
    """Return every form, the longest first."""
    found = {each for each in _forms(secret) if len(each) >= SHORTEST}
    return sorted(found, key=lambda each: (-len(each), each))


def beginning(secret: str) -> str:
    """Return letters by which a secret is known that was cut off behind them; none where unfit."""
    fits = len(secret) >= _LONG and _ONE_WORD.fullmatch(secret)
    return secret[: _LONG // 2] if fits else ""


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    for encoded in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield encoded
        yield encoded.replace("%", "%25")
        yield _lower(encoded)
    raw = secret.encode()
    yield from (raw.hex(), raw.hex().upper(), hashlib.sha256(raw).hexdigest())
    for code in (base64.b64encode, base64.urlsafe_b64encode):
        yield code(raw).decode()
        yield code(raw).decode().replace("=", "%3D")
        if len(raw) >= _LEAST_CODED:
            yield from (_within(code(b"\0" * before + raw), before) for before in range(3))


def _within(coded: bytes, before: int) -> str:
    """Return the letters that stand for the secret alone, wherever it is in what was coded."""
    length = len(coded.rstrip(b"=")) * 6 // 8
    return coded[(before * 8 + 5) // 6 : length * 8 // 6].decode()


def _lower(encoded: str) -> str:
    """Write `%2F` as `%2f`."""
    first, *others = encoded.split("%")
    return first + "".join(f"%{each[:2].lower()}{each[2:]}" for each in others)
