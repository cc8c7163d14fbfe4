"""Logs of the components: their last lines, following them, and keeping them small.

Processes append to their logs themselves, so a full log is copied and cut rather than
renamed; lines written in between may be lost.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

LARGEST = 10 << 20
"""Bytes of a log before it is turned over."""
KEPT = 3
"""Old copies of a log."""
LINE = 400
"""Bytes that a line is expected to have at the most, for reading a file's end."""


def last_lines(path: Path, count: int) -> list[str]:
    """Return the last lines of a file, the oldest first; none where there is no file."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = max(0, size - LINE * (count + 1))
            file.seek(start)
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return []
    whole = lines[1:] if start and len(lines) > 1 else lines
    return whole[-count:]


def turn_over(path: Path, largest: int = LARGEST) -> bool:
    """Copy a log aside and cut it if it has grown too large; say whether it had."""
    try:
        if path.stat().st_size <= largest:
            return False
        for number in range(KEPT, 1, -1):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{path}.{number - 1}", f"{path}.{number}")
        with contextlib.suppress(OSError):
            shutil.copyfile(path, f"{path}.1")
        os.truncate(path, 0)
    except FileNotFoundError:
        return False
    return True


def logs_of(folder: Path, name: str | None) -> list[Path]:
    """Return the logs of a component, of one replica, or all."""
    found = sorted(folder.glob("*.log"))
    if name is None:
        return found
    return [log for log in found if name in (log.stem, log.stem.rpartition("-")[0])]


class Follower:
    """Reads what is appended to some logs, also after they were cut."""

    def __init__(self, folder: Path, name: str | None) -> None:
        self._folder = folder
        self._name = name
        self._places = {log: log.stat().st_size for log in logs_of(folder, name)}
        self._rests: dict[Path, bytes] = {}

    def new_lines(self) -> Iterator[tuple[str, str]]:
        """Yield each whole line that was added, with its replica's name."""
        for log in logs_of(self._folder, self._name):
            for line in self._read(log):
                yield log.stem, line

    def _read(self, log: Path) -> list[str]:
        try:
            with log.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                place = self._places.get(log, 0)
                file.seek(place if place <= size else 0)
                added = self._rests.pop(log, b"") + file.read()
                self._places[log] = file.tell()
        except OSError:
            return []
        *lines, self._rests[log] = added.split(b"\n")
        return [line.decode(errors="replace") for line in lines]
