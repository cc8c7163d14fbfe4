"""Everything that can go wrong and is not a bug, each kind with its exit code.

    GroundplanError
    +-- PlatformFileError   2  the file, with every problem in it
    +-- UsageError          2  the command line
    +-- ToolError           3  an outside program failed; its words are kept
    +-- MachineError        3  the disk is full, a right is missing, no port is free
    +-- DriftError          4  what is there is not what the file says
    +-- NotReadyError       5  something did not become ready

Exit code 1 is left to bugs of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

DOCS = "docs/reference/errors.md"


class GroundplanError(Exception):
    """What a person can do something about: what happened, and the way out.

    Args:
        message: what happened and why, in one line.
        hint: what to do about it.
    """

    exit_code: ClassVar[int]

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of the platform file.

    `line` and `column` count from 1; both are 0 where the fault has no place.
    """

    file: str
    line: int
    column: int
    field: str
    message: str
    hint: str = ""
    code: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        field = f" {self.field}" if self.field else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        docs = f"\n  docs: {DOCS}#{self.code.lower()}" if self.code else ""
        kind = " warning:" if self.is_warning else ""
        return f"{place}{field}:{kind} {self.message}{hint}{docs}"


class PlatformFileError(GroundplanError):
    """The platform file cannot be used; holds all problems found in it."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(GroundplanError):
    """The command was given words that it cannot follow."""

    exit_code = 2


class ToolError(GroundplanError):
    """An outside program is missing, failed or answered nonsense."""

    exit_code = 3


class MachineError(GroundplanError):
    """The machine refused something: no space, no right, no port."""

    exit_code = 3


class DriftError(GroundplanError):
    """Files or resources differ from what the platform file says."""

    exit_code = 4


class NotReadyError(GroundplanError):
    """Something was started and did not become ready."""

    exit_code = 5
