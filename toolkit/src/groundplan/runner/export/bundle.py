"""What is packed, within bounds, and the archive that it becomes: whole, or not there."""

import gzip
import os
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from groundplan.errors import UsageError
from groundplan.runner import disk

MOST: Final = 50 << 20
"""Bytes of all texts together, so the archive is smaller."""
ABOUT: Final = "README.txt"
MODE: Final = 0o600
CUT: Final = "[what came before was left out: {} bytes]\n"


class Bundle:
    """Texts by the path that they will have."""

    def __init__(self, most: int = MOST) -> None:
        self._left = most
        self._files: dict[str, bytes] = {}
        self.notes: list[str] = []
        """What is missing or was cut, and why."""

    def add(self, path: str, text: str) -> None:
        """Take a text; where there is no more room, only its end."""
        content = text.encode(errors="replace")
        if len(content) > self._left:
            gone = len(content) - max(0, self._left - len(CUT) - 20)
            content = CUT.format(gone).encode() + content[gone:]
            self.notes.append(f"{path}: cut by {gone} bytes, the archive is full")
        self._left = max(0, self._left - len(content))
        self._files[path] = content

    def describe(self, text: str) -> None:
        """Take the text about all others, for which there is always room."""
        self._files[ABOUT] = text.encode(errors="replace")

    def note(self, text: str) -> None:
        """Say that something is missing or was cut."""
        self.notes.append(text)

    @property
    def paths(self) -> list[str]:
        """What is in it, in order."""
        return sorted(self._files)

    def write(self, path: Path) -> int:
        """Make the archive, replacing what stands there in one step; return its bytes.

        Raises:
            UsageError: its folder cannot be written.
            DiskFullError: there was no room; nothing has changed.
        """
        try:
            with disk.reporting(path):
                return self._replace(path)
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written: {error.strerror}", hint="choose another with --out"
            ) from None

    def _replace(self, path: Path) -> int:
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)
        try:
            with open(number, "wb") as file:
                os.fchmod(file.fileno(), MODE)
                self._archive(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return path.stat().st_size

    def _archive(self, file: IO[bytes]) -> None:
        """Write the files in order, without times, owners or names of this machine."""
        with (
            gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name in self.paths:
                about = tarfile.TarInfo(f"groundplan-export/{name}")
                about.size, about.mode = len(self._files[name]), MODE
                archive.addfile(about, BytesIO(self._files[name]))
