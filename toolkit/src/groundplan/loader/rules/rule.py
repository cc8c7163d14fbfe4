"""A rule: a function over the platform, and the parts that it reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from groundplan.loader.finding import Finding
from groundplan.model.platform import Platform

EACH_SERVICE: Final = "services.*"
"""Read by rules that look at every service alone, so a faulty one does not hide the others'."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise that the file must keep."""

    check: Callable[[Platform], Iterator[Finding]]
    reads: tuple[str, ...]
    in_cloud: bool = False
    """Whether it is about machines that the local environment has not got."""

    def can_ask(self, parts: frozenset[str]) -> bool:
        """Say whether all that the rule reads is there."""
        return all(part == EACH_SERVICE or part in parts for part in self.reads)
