import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from groundplan_backend.mail import folder as folders
from groundplan_backend.mail.folder import Folder
from groundplan_backend.mail.message import Message, written


async def _send(folder: Folder, number: int, text: str = "text") -> None:
    message = Message("ada@example.org", f"mail {number}", text)
    letter = written(UUID(int=number), message, "us@example.org", datetime.now(UTC))
    await folder.send(UUID(int=number), message.to, letter)


async def test_what_is_sent_is_listed_latest_first(tmp_path: Path) -> None:
    """With address, subject and words; no more than is asked for."""
    folder = Folder(tmp_path / "mails")
    assert [] == await folder.latest(10)
    for number in (1, 2, 3):
        await _send(folder, number, f"word {number}")
        os.utime(tmp_path / "mails" / f"{UUID(int=number)}.eml", (number, number))
    found = await folder.latest(2)
    assert ["mail 3", "mail 2"] == [mail.subject for mail in found]
    assert ("ada@example.org", "word 3") == (found[0].to, found[0].text.removesuffix("\n"))


async def test_the_same_mail_again_replaces_itself(tmp_path: Path) -> None:
    """A mail that was sent twice is one file."""
    folder = Folder(tmp_path)
    await _send(folder, 1)
    await _send(folder, 1)
    assert 1 == len(await folder.latest(10))


async def test_files_are_their_owners_only(tmp_path: Path) -> None:
    """They hold links that are worth a password."""
    folder = Folder(tmp_path / "mails")
    await _send(folder, 1)
    (file,) = (tmp_path / "mails").iterdir()
    assert (0o600, 0o700) == (
        file.stat().st_mode & 0o777,
        (tmp_path / "mails").stat().st_mode & 0o777,
    )


async def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder does not grow for ever."""
    monkeypatch.setattr(folders, "MOST", 3)
    folder = Folder(tmp_path)
    for number in range(1, 6):
        await _send(folder, number)
        os.utime(tmp_path / f"{UUID(int=number)}.eml", (number, number))
    kept = {mail.subject for mail in await folder.latest(10)}
    assert {"mail 5", "mail 4"} <= kept
    assert len(kept) <= 3


async def test_what_is_no_mail_of_ours_is_passed_over(tmp_path: Path) -> None:
    """A stray file does not take the list down."""
    (tmp_path / "stray.eml").write_text("hello")
    folder = Folder(tmp_path)
    await _send(folder, 1)
    assert ["mail 1"] == [mail.subject for mail in await folder.latest(10)]
