"""Why a patch cannot be applied, before it is known of which file it came."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

CODE: Final = "GP111"
"""The section of docs/reference/errors.md."""
MOST: Final = 12
"""Names that are listed where none is alike."""


class PatchError(Exception):
    """A patch that has no object, or no such place in it.

    Args:
        message: what must hold, and what is there.
        hint: what is there that may be meant.
        line: of the step that failed, 0 where it is the whole patch.
    """

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line

    def at(self, line: int) -> "PatchError":
        """Return it with its line."""
        return PatchError(self.message, self.hint, line)


def near(word: str, known: Iterable[str]) -> str:
    """Return a hint with the names that are most like one that is not there."""
    names = sorted(set(known))
    close = get_close_matches(word, names, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(f'`{each}`' for each in close)}?"
    shown = ", ".join(names[:MOST])
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"there are {shown}{more}" if names else "there is nothing"
