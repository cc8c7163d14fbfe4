"""Keeps the certificates of a run from ending: looked at when it begins, and every hour."""

import time
from collections.abc import Sequence
from pathlib import Path

EVERY = 3600.0
"""Seconds between looks."""


class Renewal:
    """Makes certificates anew, and remembers which files changed until somebody asks."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        """Watch over the certificates of some components; none where nothing is encrypted."""
        self._folder = folder
        self._names = names
        self._due_at = 0.0
        self._changed: set[str] = set()

    def look(self, *names: str) -> bool:
        """Replace what is missing or near its end, of all or of some; say whether any was."""
        chosen = [each for each in self._names if not names or each in names]
        if not names:
            self._due_at = time.monotonic() + EVERY
        if not chosen:
            return False
        from groundplan.runner import certificate  # loads slowly, and few runs need it

        changed = certificate.provide(self._folder, chosen)
        self._changed |= changed
        return bool(changed)

    def look_when_due(self) -> bool:
        """Look at all once an hour."""
        return time.monotonic() >= self._due_at and self.look()

    def take(self) -> set[str]:
        """Return the files that have changed since this was asked last."""
        changed, self._changed = self._changed, set()
        return changed
