"""The start-up traces of a data folder: a file each, the newest kept, with a mark when sent."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from groundplan.runner import disk
from groundplan.runner.startup.trace import NANO, Trace

UP: Final = "up"
KEPT: Final = 20
"""Files of starts, and as many of restarts; the oldest go first."""
SUFFIX: Final = ".json"
SENT: Final = ".sent.json"
REFUSED: Final = ".refused.json"


class Shelf:
    """One folder of traces; what the disk does not take is done without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, trace: Trace) -> Path:
        """Return the file of a trace that was not sent; names are in the order of time."""
        began = datetime.fromtimestamp(trace.root.start / NANO, UTC)
        word = trace.root.name.partition(" ")[0]
        return self._folder / f"{began:%Y%m%dT%H%M%S}-{word}-{trace.trace_id}{SUFFIX}"

    def keep(self, trace: Trace, written: str) -> None:
        """Write a trace, and let the oldest go."""
        with contextlib.suppress(OSError, disk.DiskFullError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            disk.write(self.path(trace), written, 0o600)
            same = [each for each in self.all() if _word(each) == _word(self.path(trace))]
            for path in same[:-KEPT]:
                path.unlink(missing_ok=True)

    def all(self) -> list[Path]:
        """Return the files, the oldest first."""
        return sorted(self._folder.glob(f"*{SUFFIX}"))

    def unsent(self) -> list[Path]:
        """Return the files that the store may still take."""
        return [each for each in self.all() if not each.name.endswith((SENT, REFUSED))]

    def mark(self, path: Path, *, taken: bool) -> None:
        """Note what became of a file; of restarts, the store's copy is enough."""
        with contextlib.suppress(OSError):
            if taken and _word(path) != UP:
                path.unlink()
            else:
                path.rename(path.with_suffix(SENT if taken else REFUSED))

    def is_sent(self, trace: Trace) -> bool:
        """Return whether the store has taken a trace."""
        return self.path(trace).with_suffix(SENT).exists()


def _word(path: Path) -> str:
    """Return the kind of a file's trace, `up` or `restart`."""
    return path.name.split("-")[1]
