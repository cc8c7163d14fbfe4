"""Label sets of time series, and the matchers that choose among them.

A label set is a tuple of pairs, sorted by name and without empty values, so that equal sets are
equal keys. The metric's name is the label `__name__`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from groundplan_telemetry.metrics.patterns import pattern

Labels = tuple[tuple[str, str], ...]

NAME: Final = "__name__"


def of(values: Mapping[str, str]) -> Labels:
    """Return the label set of a mapping."""
    return tuple(sorted((name, value) for name, value in values.items() if value))


def without(labels: Labels, names: Collection[str]) -> Labels:
    """Return the label set less some names."""
    return tuple(pair for pair in labels if pair[0] not in names)


def only(labels: Labels, names: Collection[str]) -> Labels:
    """Return the part of a label set that has these names."""
    return tuple(pair for pair in labels if pair[0] in names)


def unnamed(labels: Labels) -> Labels:
    """Return the label set without the metric's name."""
    return tuple(pair for pair in labels if pair[0] != NAME)


def value(labels: Labels, name: str) -> str:
    """Return the value of a label; empty where it is not there."""
    return next((found for each, found in labels if each == name), "")


def text(labels: Labels) -> str:
    """Return a label set as Prometheus writes it in messages."""
    shown = ", ".join(f'{name}="{_escaped(found)}"' for name, found in unnamed(labels))
    return f"{value(labels, NAME)}{{{shown}}}"


def _escaped(found: str) -> str:
    return found.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on a label; `operator` is `=`, `!=`, `=~` or `!~`."""

    name: str
    operator: str
    value: str

    def accepts(self, found: str) -> bool:
        """Return whether a label's value, or the empty text where there is none, fits."""
        if self.operator == "=":
            return found == self.value
        if self.operator == "!=":
            return found != self.value
        fits = pattern(self.value).fullmatch(found) is not None
        return fits is (self.operator == "=~")
