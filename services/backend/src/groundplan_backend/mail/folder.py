"""A folder in the post office's place, for one machine: a file a mail, which the console lists.

The files may hold links that work once: they are for the owner of the folder only.
"""

import asyncio
import os
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final
from uuid import UUID

from groundplan_backend.mail.schemas import Mail

MOST: Final = 500
"""Files that the folder holds; the oldest go first."""
_SUFFIX: Final = ".eml"


class Folder:
    """Writes mails into files and reads them back."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, mail: UUID, recipient: str, letter: bytes) -> None:
        """Write one mail; the same one again replaces itself."""
        await asyncio.to_thread(self._write, mail, letter)

    async def latest(self, limit: int) -> list[Mail]:
        """Return the latest mails."""
        return await asyncio.to_thread(self._read, limit)

    def _write(self, mail: UUID, letter: bytes) -> None:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._path / f".{mail}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(letter)
        fresh.rename(self._path / f"{mail}{_SUFFIX}")
        for old in self._files()[MOST:]:
            old.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        """Return the files, latest first; one that goes meanwhile counts as oldest."""

        def age(file: Path) -> float:
            try:
                return -file.stat().st_mtime
            except OSError:
                return 0.0

        return sorted(self._path.glob(f"*{_SUFFIX}"), key=age) if self._path.is_dir() else []

    def _read(self, limit: int) -> list[Mail]:
        found = (_mail(file) for file in self._files()[:limit])
        return [mail for mail in found if mail is not None]


def _mail(file: Path) -> Mail | None:
    try:
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        sent_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        name = UUID(file.stem)
    except (OSError, ValueError):
        return None
    assert isinstance(letter, EmailMessage)
    return Mail(
        id=name,
        to=str(letter["To"]),
        subject=str(letter["Subject"]),
        text=str(letter.get_content()).replace("\r\n", "\n"),
        sent_at=sent_at,
    )
