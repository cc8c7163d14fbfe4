"""Writing: all or nothing, and nothing of a person's."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan.errors import DriftError, MachineError
from groundplan.model.file import File
from groundplan.writer import owned
from groundplan.writer.write import write

FIRST = (File("a", "1\n"), File("b/c", "1\n"), File("key", "k\n", 0o600))
SECOND = (File("a", "2\n"), File("d", "2\n"))


def contents(folder: Path) -> dict[str, str]:
    """Return all files of a folder but the list of ours."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != owned.LIST
    }


def test_makes_the_folder_hold_the_files(tmp_path: Path) -> None:
    """Files are made with their modes, replaced, and removed with the folders they leave empty."""
    folder = tmp_path / "new/folder"
    write(FIRST, folder)
    assert {"a": "1\n", "b/c": "1\n", "key": "k\n"} == contents(folder)
    assert 0o600 == stat.S_IMODE((folder / "key").stat().st_mode)
    write(SECOND, folder)
    assert {"a": "2\n", "d": "2\n"} == contents(folder)
    assert not (folder / "b").exists()


def test_writing_again_touches_nothing(tmp_path: Path) -> None:
    """Files that are current keep their times."""
    write(FIRST, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert [] == write(FIRST, tmp_path)
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}


def test_leaves_alone_what_a_person_put_there(tmp_path: Path) -> None:
    """Files that we never wrote stay, also when ours beside them go."""
    write(FIRST, tmp_path)
    (tmp_path / "b/notes.txt").write_text("mine\n")
    write((), tmp_path)
    assert {"b/notes.txt": "mine\n"} == contents(tmp_path)


@pytest.mark.parametrize("changed", ["a", "b/c", "d"])
def test_says_what_was_changed_by_hand_and_writes_nothing(tmp_path: Path, changed: str) -> None:
    """A file that was edited, that should go, or that stands in the way is named and kept."""
    write(FIRST, tmp_path)
    (tmp_path / changed).write_text("mine\n")
    before = contents(tmp_path)
    with pytest.raises(DriftError, match=changed):
        write(SECOND, tmp_path)
    assert before == contents(tmp_path)
    write(SECOND, tmp_path, force=True)
    assert {"a": "2\n", "d": "2\n"} == contents(tmp_path)


def test_a_write_that_was_cut_off_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after any rename, writing again, even something else, finds all files its own."""
    replaces = 6
    for cut in range(1, replaces + 1):
        folder = tmp_path / str(cut)
        write(FIRST, folder)
        with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
            patch.setattr(Path, "replace", cut_after(cut))
            write((*SECOND, File("e", "2\n"), File("f", "2\n")), folder)
        third = (File("a", "3\n"), File("d", "3\n"))
        write(third, folder)
        assert {"a": "3\n", "d": "3\n"} == contents(folder)


def cut_after(calls: int) -> object:
    """Return a `Path.replace` that is interrupted after some calls."""
    left = iter(range(calls))
    real = os.replace

    def replace(self: Path, target: Path) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        real(self, target)

    return replace


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder on a disk that is full after the first few bytes."""
    real = os.fdopen

    def fdopen(descriptor: int, mode: str) -> object:
        if len(list(tmp_path.rglob("*-part"))) > 1:
            os.close(descriptor)
            raise OSError(28, "No space left on device")
        return real(descriptor, mode)

    monkeypatch.setattr(os, "fdopen", fdopen)
    yield tmp_path
    monkeypatch.undo()


def test_a_full_disk_leaves_nothing_half_written(full: Path) -> None:
    """One clear message, and neither new files nor parts of them."""
    with pytest.raises(MachineError, match="No space left on device"):
        write(FIRST, full)
    assert {} == contents(full)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file where the folder should be is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="file"):
        write(FIRST, tmp_path / "file" / "below")
