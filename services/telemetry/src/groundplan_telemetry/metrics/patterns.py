"""Regular expressions of queries, as far as they cannot hold everything up.

Prometheus' engine takes a time that grows with the text. Python's goes back and tries again,
and nothing else runs meanwhile: what would be tried too often is refused before it begins.
"""

import importlib
import math
import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

MOST_TRIES: Final = 4_000_000
"""Ways to try in one text: some hundredths of a second."""
MOST_REPEATS: Final = 4
"""Repeats without an end."""
MOST_TIMES: Final = 1000
"""Times of a repeat that has an end; RE2 knows no more either."""
LONGEST: Final = 65_536
_STEP: Final = 16
"""Characters that are compared in the time of one try."""
_parser: Final[Any] = importlib.import_module("re._parser")


class Costly(re.error):
    """A pattern that might be tried too often, or a text that is too long for it."""


class Tries(NamedTuple):
    """In how many ways a pattern may fit: `ways` times the text's length to the `power`."""

    ways: float
    power: int = 0

    def then(self, other: "Tries") -> "Tries":
        """Return the tries of one part and another behind it."""
        return Tries(self.ways * other.ways, self.power + other.power)


class Pattern:
    """A compiled pattern that matches whole texts."""

    def __init__(self, written: str) -> None:
        """Compile a pattern.

        Raises:
            re.error: it is none; Costly, a kind of it, where it might be tried too often.
        """
        if len(written) > LONGEST:
            raise Costly(f"a pattern has {LONGEST} characters at the most")
        try:
            parsed = _parser.parse(written, re.DOTALL)
            self._tries = _sequence(parsed)
            self._expression = re.compile(written, re.DOTALL)
        except (RecursionError, OverflowError):
            raise Costly("it is nested too deeply") from None
        if self._tries.power > MOST_REPEATS:
            raise Costly(f"more than {MOST_REPEATS} repeats without an end are not supported")
        self._least = parsed.getwidth()[0]
        self._check(1)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return how the pattern fits a whole text; None where it does not.

        Raises:
            Costly: the text is too long for it.
        """
        if len(text) < self._least:
            return None
        self._check(len(text))
        return self._expression.fullmatch(text)

    def _check(self, length: int) -> None:
        ways, power = self._tries
        tries = ways * (length + 1) ** power / math.factorial(power)
        if tries * (1 + self._least // _STEP) > MOST_TRIES:
            raise Costly(f"too many ways to fit a text of {length} characters")


@lru_cache(maxsize=1024)
def pattern(written: str) -> Pattern:
    """Return a compiled pattern; it must match whole texts, line ends included.

    Raises:
        re.error: it is none, or Costly.
    """
    return Pattern(written)


def _sequence(parsed: Any) -> Tries:
    found = Tries(1.0)
    for operator, given in parsed:
        found = found.then(_tries(str(operator), given))
    return found


def _tries(operator: str, given: Any) -> Tries:
    if operator == "SUBPATTERN":
        return _sequence(given[-1])
    if operator == "BRANCH":
        ways = [_sequence(each) for each in given[1]]
        return Tries(math.fsum(each.ways for each in ways), max(each.power for each in ways))
    if operator in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeated(*given)
    if operator in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
        return Tries(1.0)
    raise Costly("looks ahead and behind, references back and atomic groups are not supported")


def _repeated(least: int, most: int, body: Any) -> Tries:
    within = _sequence(body)
    if int(most) == 1:
        return Tries(within.ways + 1 - least, within.power)
    if body.getwidth()[0] == 0 or within.power or _repeats(body):
        raise Costly("a repeat within a repeat is not supported")
    endless = most == _parser.MAXREPEAT
    if max(least, 0 if endless else most) > MOST_TIMES:
        raise Costly(f"more than {MOST_TIMES} repeats are not supported")
    if not endless:
        ways = math.exp(min(700.0, most * math.log(within.ways)))
        return Tries(ways * (most - least + 1))
    if within.ways > 1:
        raise Costly("a choice within a repeat is not supported")
    return Tries(1.0, 1)


def _repeats(parsed: Any) -> bool:
    """Return whether something within repeats often."""
    for operator, given in parsed:
        if "REPEAT" in str(operator) and given[1] > _STEP:
            return True
        if str(operator) == "SUBPATTERN" and _repeats(given[-1]):
            return True
    return False
