"""What a search asks for, as conditions of SQL: fixed texts, and values beside them."""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

_SEPARATORS: Final = re.compile(r"[ \t-\r!-/:-@\[-`{-~]+")
_LONGEST: Final = 100
_LEAST: Final = 3
"""Letters that the beginning of a word must have; shorter ones are whole words."""
_EQUAL: Final = ("action", "target", "outcome")


@dataclass(frozen=True, slots=True)
class Matching:
    """Which events: by what they are, and between which ids (`begin` counts, `end` does not)."""

    begin: UUID
    end: UUID
    actors: tuple[str, ...] = ()
    """The ids and addresses that stand for one actor."""
    equal: dict[str, str] = field(default_factory=dict)
    """Values of action, target and outcome."""
    words: tuple[str, ...] = ()
    """Beginnings of words."""

    def alone(self) -> tuple[str, str] | None:
        """Return the one column and value that is asked for, if an index begins with it."""
        asked = [("actor", one) for one in self.actors] + list(self.equal.items())
        if len(asked) != 1 or self.words or asked[0] == ("outcome", "done"):
            return None
        return asked[0]

    def is_of_all_that_was_done(self) -> bool:
        """Say whether nothing but the common outcome is asked for."""
        return self.conditions() == [("event.outcome = {}", "done")]

    def conditions(self) -> list[tuple[str, Any]]:
        """Return a condition (with `{}` for its parameter) and a value for all but the ids."""
        found: list[tuple[str, Any]] = []
        if len(self.actors) == 1:
            found.append(("event.actor = {}", self.actors[0]))
        elif self.actors:
            found.append(("event.actor = ANY({}::text[])", list(self.actors)))
        found += [
            (f"event.{name} = {{}}", self.equal[name]) for name in _EQUAL if name in self.equal
        ]
        if self.words:
            found.append(("event.words @@ {}::text::tsquery", _query(self.words)))
        return found


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the record keeps them: plain, at most 100 letters each."""
    plain = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    return tuple(word[:_LONGEST] for word in _SEPARATORS.split(plain) if word)


def _query(words: tuple[str, ...]) -> str:
    """Return a tsquery; a word holds neither quotes nor backslashes, which are separators."""
    return " & ".join(f"'{word}'{':*' * (len(word) >= _LEAST)}" for word in words)
