import asyncio
import socket
import stat
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects.notes import FolderNotes, Notes, StoredNotes, bucket_notes


@pytest.fixture(params=["folder", "store"])
def notes(request: pytest.FixtureRequest, tmp_path: Path) -> Notes:
    """Notes of both kinds."""
    if request.param == "folder":
        return FolderNotes(tmp_path / "audit")
    return StoredNotes(MemoryStore())


async def test_notes_are_listed_by_folder_and_in_order(notes: Notes) -> None:
    """Each stands once, however often it is made."""
    assert [] == await notes.folders()
    for folder, name in (("b", "2"), ("a", "9"), ("b", "1"), ("b", "1")):
        await notes.create(folder, name)
    assert ["a", "b"] == await notes.folders()
    assert (["9"], ["1", "2"], []) == (
        await notes.names("a"),
        await notes.names("b"),
        await notes.names("c"),
    )


async def test_a_name_that_leads_elsewhere_is_refused(notes: Notes) -> None:
    """Only plain names below the root."""
    with pytest.raises(ValueError, match="names no object of ours"):
        await notes.create("..", "x")


async def test_a_note_cannot_be_written_by_anybody(tmp_path: Path) -> None:
    """It is made once, for reading only, and stays as it is when it is made again."""
    notes = FolderNotes(tmp_path)
    await notes.create("a", "1")
    made = tmp_path / "a" / "1"
    assert 0o400 == stat.S_IMODE(made.stat().st_mode)
    before = made.stat().st_mtime_ns
    await notes.create("a", "1")
    assert before == made.stat().st_mtime_ns


async def test_a_place_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    """The job that makes anchors says so and tries again."""
    (tmp_path / "file").touch()
    with pytest.raises(DependencyUnavailable):
        await FolderNotes(tmp_path / "file").create("a", "1")


async def test_a_bucket_that_is_out_is_unavailable_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is silently left unnoted, and nothing waits for minutes."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{closed.getsockname()[1]}"
        notes = bucket_notes("files", "audit", "us-east-1", endpoint)
        async with asyncio.timeout(10):
            for ask in (notes.create("a", "1"), notes.folders(), notes.names("a")):
                with pytest.raises(DependencyUnavailable):
                    await ask
