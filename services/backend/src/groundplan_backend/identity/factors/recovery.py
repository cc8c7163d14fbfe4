"""Recovery codes: ten, each good once, of 120 bits; only keyed digests are stored.

So many bits cannot be guessed even from a stolen database, which is why a fast digest does.
"""

import hashlib
import hmac
import re
import secrets
from typing import Final

from groundplan_backend.identity.factors.sealing import derived_key
from groundplan_backend.settings import Secret

COUNT: Final = 10
_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 signs without those that are taken for each other: l and 1, o and 0."""
_LENGTH: Final = 24
_GROUP: Final = 4
_IGNORED: Final = re.compile(r"[\s-]")


def new_codes() -> list[str]:
    """Return a set of codes as people read them: `k7wq-3m4d-zz2p-hn5x-8rtv-c6ab`."""
    return [_new_code() for _ in range(COUNT)]


def _new_code() -> str:
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


class Digests:
    """Makes of a code what is stored of it."""

    def __init__(self, key: Secret) -> None:
        self._key = derived_key(key, "recovery code")

    def of(self, code: str) -> bytes:
        """Return the digest of a code, however it was typed."""
        plain = _IGNORED.sub("", code).lower()
        return hmac.digest(self._key, plain.encode(), hashlib.sha256)
