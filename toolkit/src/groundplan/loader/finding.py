"""What validation and rules find: a fault at a path, not yet at a place in a file."""

from dataclasses import dataclass

from groundplan.errors import Problem
from groundplan.loader.code import Code
from groundplan.loader.tree import Branch, Path, dotted, place_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or a warning, of the value at a path."""

    path: Path
    message: str
    code: Code
    hint: str = ""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The platform of one environment, and which part of it only that environment says."""

    platform: Branch
    environment: str
    changes: Branch | None

    def locate(self, finding: Finding) -> Problem:
        """Return the finding as a problem, at the line that a person would change."""
        place, depth = place_of(self.platform, finding.path)
        field = dotted(finding.path)
        if self.changes and depth and (place, depth) == place_of(self.changes, finding.path):
            field = f"environments.{self.environment}.{field}"
        return Problem(
            place.file,
            place.line,
            place.column,
            field,
            finding.message,
            finding.hint,
            finding.code,
            finding.is_warning,
        )
