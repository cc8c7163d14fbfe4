"""Refuses passwords that everybody knows: those of breaches, and those made of a known word.

`known.bin` holds the first five bytes of the SHA-256 of each known password, sorted: those of at
least twelve characters, and the twenty thousand most frequent of any length as words to build on.
It is made of the top million of OWASP SecLists' `10_million_password_list` (CC BY-SA 3.0), and is
under that licence. Of passwords that are not on it, one in a million is refused all the same.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Final

from groundplan_backend.errors import PasswordRefused

WIDTH: Final = 5
_DECORATION: Final = 8
"""Digits and signs around a word that make no secret of it."""
_CORE: Final = re.compile(r"[\W\d_]*(.*?)[\W\d_]*", re.DOTALL)
_REPEATED: Final = re.compile(r"(.+?)\1+", re.DOTALL)
_DISGUISE: Final = str.maketrans("013457@$!", "oieastasi")


def check(password: str, *own: str) -> None:
    """Let a password pass unless others would try it; `own` are words of the user himself.

    Raises:
        PasswordRefused: it is known, or a known or own word with decoration or repeated.
    """
    plain = _plain(password)
    words = {part for word in own for part in _parts(_plain(word))}
    if any(one in words or _is_known(one) for one in _candidates(plain)):
        raise PasswordRefused("others would guess this password; choose another")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _parts(word: str) -> Iterator[str]:
    """Yield an address, what stands before its @, and the like, as they would be typed."""
    yield word
    yield word.partition("@")[0]
    yield from re.split(r"[@.+_-]", word)


def _candidates(plain: str) -> Iterator[str]:
    yield plain
    for text in (plain, plain.translate(_DISGUISE)):
        core = _CORE.fullmatch(text)
        if core and core[1] and len(text) - len(core[1]) <= _DECORATION:
            yield core[1]
            repeated = _REPEATED.fullmatch(core[1])
            if repeated:
                yield repeated[1]
    repeated = _REPEATED.fullmatch(plain)
    if repeated:
        yield repeated[1]


def _is_known(word: str) -> bool:
    if len(set(word)) < 3 or _is_a_row(word):
        return True
    wanted, table = hashlib.sha256(word.encode()).digest()[:WIDTH], _table()
    low, high = 0, len(table) // WIDTH
    while low < high:
        middle = (low + high) // 2
        if table[middle * WIDTH : (middle + 1) * WIDTH] < wanted:
            low = middle + 1
        else:
            high = middle
    return table[low * WIDTH : (low + 1) * WIDTH] == wanted


def _is_a_row(word: str) -> bool:
    """Tell whether each character is as far from the one before: `2345678901`, `abcdef`."""
    return len({(ord(b) - ord(a)) % 10 for a, b in pairwise(word)}) < 2


@lru_cache(1)
def _table() -> bytes:
    return resources.files(__package__).joinpath("known.bin").read_bytes()
