"""What must hold between values of the file: one small function each, by subject."""

from typing import Final

from groundplan.loader.rules.rule import Rule

ALL: Final[tuple[Rule, ...]] = ()
