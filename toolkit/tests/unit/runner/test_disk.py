"""Files are replaced whole or not at all."""

import errno
import os
import stat

import pytest

from groundplan.runner import disk


def test_a_file_is_replaced_with_its_mode(tmp_path):
    """The new text and the permissions arrive together, and nothing is left beside."""
    path = tmp_path / "secret"
    path.write_text("old")
    disk.write(path, "new", 0o600)
    assert ("new", 0o600) == (path.read_text(), stat.S_IMODE(path.stat().st_mode))
    assert [path] == list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """When there is no room, one clear error says so and the old text stands."""
    path = tmp_path / "state.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(disk.DiskFullError, match=r"the disk is full: .*state\.json"):
        disk.write(path, "new")
    assert "old" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_other_errors_keep_their_name(tmp_path):
    """Only a full disk is called a full disk."""
    with pytest.raises(FileNotFoundError):
        disk.write(tmp_path / "missing" / "file", "text")


def test_only_what_differs_is_written(tmp_path):
    """A file with the same text is left alone, so that nobody is woken by it."""
    path, way = tmp_path / "watched" / "endpoints.json", tmp_path
    assert disk.write_changed(path, "one", 0o644, way)
    before = path.stat().st_ino
    assert not disk.write_changed(path, "one", 0o644, way)
    assert before == path.stat().st_ino
    assert disk.write_changed(path, "two", 0o644, way)


def test_what_is_no_json_reads_as_nothing(tmp_path):
    """A missing or broken file is nothing rather than an error."""
    (tmp_path / "broken").write_text("{")
    assert disk.read_json(tmp_path / "broken") is None
    assert disk.read_json(tmp_path / "missing") is None
