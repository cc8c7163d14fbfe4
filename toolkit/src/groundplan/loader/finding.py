"""What validation and rules find: a fault at a path, not yet at a place in a file."""

from dataclasses import dataclass

from groundplan.errors import Problem
from groundplan.loader.code import Code
from groundplan.loader.tree import Branch, Path, Place, dotted, place_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or a warning, of the value at a path."""

    path: Path
    message: str
    code: Code
    hint: str = ""
    is_warning: bool = False
    also: tuple[Path, ...] = ()
    """Other values that have a part in it; the one that a person wrote last is pointed at."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The platform of one environment, and which part of it only that environment says."""

    platform: Branch
    environment: str
    changes: Branch | None
    file: str
    """The file that was asked for, not one that it extends."""

    def locate(self, finding: Finding) -> Problem:
        """Return the finding as a problem, at the line that a person would change."""
        place = self._place(finding)
        field = dotted(finding.path)
        if self._is_changed(finding.path):
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

    def _place(self, finding: Finding) -> Place:
        """Return the place that a person would change: in this file rather than in its base."""
        paths = (finding.path, *finding.also)
        best = max(paths, key=lambda path: (self._is_in_file(path), self._is_changed(path)))
        return place_of(self.platform, best)[0]

    def _is_changed(self, path: Path) -> bool:
        """Say whether what stands at a path is said by the environment."""
        if self.changes is None:
            return False
        found = place_of(self.platform, path)
        return found[1] > 0 and found == place_of(self.changes, path)

    def _is_in_file(self, path: Path) -> bool:
        place, depth = place_of(self.platform, path)
        return depth == len(path) and place.file == self.file
