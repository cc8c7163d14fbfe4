"""The word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Final

MOST: Final = 60
"""So many words are compared letter by letter; in a longer list, those that begin alike."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a hint with the known word most like one that is not known, or nothing."""
    return _suggested(word, tuple(known))


@cache
def _suggested(word: str, known: tuple[str, ...]) -> str:
    lowered = {each.lower(): each for each in known}
    alike = [each for each in lowered if len(known) <= MOST or each[:2] == word[:2].lower()]
    close = get_close_matches(word.lower(), alike[:MOST], n=1, cutoff=0.6)
    return f"did you mean `{lowered[close[0]]}`?" if close else ""
