"""An archive is bounded, in order, private, and whole or not there."""

import errno
import os
import tarfile

import pytest

from groundplan.errors import UsageError
from groundplan.runner.disk import DiskFullError
from groundplan.runner.export.bundle import Bundle


def test_it_holds_what_was_added_in_order(tmp_path):
    """Names below one folder, sorted; no owner, no time; for its owner alone."""
    bundle, path = Bundle(), tmp_path / "out.tar.gz"
    bundle.add("b/x.txt", "two")
    bundle.add("README.txt", "one")
    assert bundle.write(path) == path.stat().st_size
    with tarfile.open(path) as archive:
        members = archive.getmembers()
        names = [each.name for each in members]
        assert ["groundplan-export/README.txt", "groundplan-export/b/x.txt"] == names
        assert {("", 0, 0o600)} == {(each.uname, each.mtime, each.mode) for each in members}
        assert b"two" == archive.extractfile(members[1]).read()
    assert 0o600 == path.stat().st_mode & 0o777


def test_the_same_makes_the_same(tmp_path):
    """Two archives of the same texts do not differ in a byte."""
    for name in ("one", "two"):
        bundle = Bundle()
        for path in ("b", "a") if name == "one" else ("a", "b"):
            bundle.add(path, path * 100)
        bundle.write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_too_much_is_cut_and_told(tmp_path):
    """The end is kept, because what happened last matters most."""
    bundle = Bundle(most=200)
    bundle.add("log", "x" * 300 + "the end")
    bundle.add("more", "y" * 300)
    assert 2 == len(bundle.notes)
    bundle.write(tmp_path / "out")
    with tarfile.open(tmp_path / "out") as archive:
        contents = [archive.extractfile(each).read() for each in archive.getmembers()]
    assert contents[0].endswith(b"the end")
    assert sum(map(len, contents)) <= 320


def test_there_is_room_for_what_describes_it(tmp_path):
    """However full it is."""
    bundle = Bundle(most=1)
    bundle.add("log", "x" * 300)
    bundle.describe("all of it")
    bundle.write(tmp_path / "out")
    with tarfile.open(tmp_path / "out") as archive:
        found = archive.extractfile("groundplan-export/README.txt").read()
    assert b"all of it" == found


def test_a_full_disk_leaves_nothing_half(tmp_path, monkeypatch):
    """What stood there before still stands, and no unfinished file is left."""
    path = tmp_path / "out.tar.gz"
    path.write_text("before")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        Bundle().write(path)
    assert ("before", ["out.tar.gz"]) == (path.read_text(), os.listdir(tmp_path))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """With the way out."""
    with pytest.raises(UsageError, match="cannot be written"):
        Bundle().write(tmp_path / "nowhere" / "out")
