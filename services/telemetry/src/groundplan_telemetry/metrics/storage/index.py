"""Which series there are: a number for each label set, and from labels to numbers.

Held in memory; who changes it writes the same to disk.
"""

from collections.abc import Iterable, Sequence

from groundplan_telemetry.metrics.labels import Labels, Matcher


class Index:
    """Label sets by number, and numbers by label."""

    def __init__(self) -> None:
        self._labels: dict[int, Labels] = {}
        self._numbers: dict[Labels, int] = {}
        self._postings: dict[str, dict[str, set[int]]] = {}
        self._next = 1

    def __len__(self) -> int:
        return len(self._labels)

    def __contains__(self, number: int) -> bool:
        return number in self._labels

    def number(self, labels: Labels) -> int | None:
        """Return a label set's number; None where it has none."""
        return self._numbers.get(labels)

    def labels(self, number: int) -> Labels:
        """Return a number's label set."""
        return self._labels[number]

    def add(self, labels: Labels, number: int = 0) -> int:
        """Give a label set its number, the next where none is said, and return it."""
        number = number or self._next
        self._next = max(self._next, number + 1)
        self._labels[number] = labels
        self._numbers[labels] = number
        for name, value in labels:
            self._postings.setdefault(name, {}).setdefault(value, set()).add(number)
        return number

    def keep(self, numbers: set[int]) -> list[int]:
        """Forget all series but these, and return whom was forgotten."""
        gone = [number for number in self._labels if number not in numbers]
        for number in gone:
            labels = self._labels.pop(number)
            del self._numbers[labels]
            for name, value in labels:
                self._withdraw(name, value, number)
        return gone

    def _withdraw(self, name: str, value: str, number: int) -> None:
        values = self._postings[name]
        values[value].discard(number)
        if not values[value]:
            del values[value]
        if not values:
            del self._postings[name]

    def select(self, matchers: Sequence[Matcher]) -> list[int]:
        """Return the numbers of the series that fit all conditions, in their order."""
        found: set[int] | None = None
        for matcher in sorted(matchers, key=lambda each: each.operator != "="):
            fitting = self._fitting(matcher)
            found = fitting if found is None else found & fitting
            if not found:
                return []
        return sorted(self._labels if found is None else found)

    def _fitting(self, matcher: Matcher) -> set[int]:
        values = self._postings.get(matcher.name, {})
        if matcher.operator == "=" and matcher.value:
            return values.get(matcher.value, set())
        if not matcher.accepts(""):
            return _together(values[value] for value in values if matcher.accepts(value))
        # Who lacks the label fits too: all but those whose value does not.
        misfits = _together(values[value] for value in values if not matcher.accepts(value))
        return set(self._labels) - misfits

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Return the labels' names of some series."""
        return sorted({name for each in numbers for name, _ in self._labels[each]})

    def values(self, name: str, numbers: Iterable[int]) -> list[str]:
        """Return a label's values in some series."""
        return sorted(
            {value for each in numbers for found, value in self._labels[each] if found == name}
        )


def _together(sets: Iterable[set[int]]) -> set[int]:
    return set().union(*sets)
