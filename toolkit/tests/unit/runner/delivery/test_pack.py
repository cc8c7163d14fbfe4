"""The same code has the same digest anywhere, and a version stands whole or not at all."""

import os
from pathlib import Path

import pytest

from groundplan.errors import UsageError
from groundplan.runner.delivery import pack


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Return a folder of code."""
    folder = tmp_path / "code"
    (folder / "inner").mkdir(parents=True)
    (folder / "app.py").write_text("one")
    (folder / "inner" / "start").write_text("two")
    (folder / "inner" / "start").chmod(0o755)
    (folder / "link").symlink_to("inner")
    return folder


def test_a_version_is_named_by_what_is_in_it(code: Path, tmp_path: Path) -> None:
    """It stands where its digest says, links and rights included, and twice is once."""
    store = tmp_path / "store"
    digest = pack.pack({"": code}, store)
    place = pack.folder_of(store, digest)
    assert ("one", "two") == ((place / "app.py").read_text(), (place / "link/start").read_text())
    assert os.access(place / "inner/start", os.X_OK)
    assert digest == pack.pack({"": code}, store) == pack.digest_of(place)
    assert [place] == list(store.iterdir())


def test_time_owner_and_leftovers_do_not_count(code: Path, tmp_path: Path) -> None:
    """What a run or a tool leaves behind changes no digest."""
    before = pack.pack({"": code}, tmp_path / "store")
    os.utime(code / "app.py", (1, 1))
    (code / "__pycache__").mkdir()
    (code / "__pycache__" / "app.pyc").write_text("x")
    (code / ".git").mkdir()
    assert before == pack.pack({"": code}, tmp_path / "elsewhere")


@pytest.mark.parametrize("change", ["content", "name", "mode", "part"])
def test_what_counts_changes_the_digest(code: Path, tmp_path: Path, change: str) -> None:
    """Contents, names, rights and the place in the version are told apart."""
    before = pack.pack({"": code}, tmp_path / "store")
    if change == "content":
        (code / "app.py").write_text("two")
    elif change == "name":
        (code / "app.py").rename(code / "main.py")
    elif change == "mode":
        (code / "app.py").chmod(0o755)
    part = "package" if change == "part" else ""
    assert before != pack.pack({part: code}, tmp_path / "store")


def test_a_version_has_all_that_it_needs(code: Path, tmp_path: Path) -> None:
    """Links that lead out are refused, and nothing half-made stays."""
    (code / "out").symlink_to("../secret")
    store = tmp_path / "store"
    with pytest.raises(UsageError, match="leads out of"):
        pack.pack({"": code}, store)
    assert [] == list(store.iterdir())


def test_pipes_and_floods_are_refused(
    code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only files and folders, and not more than a version should have."""
    monkeypatch.setattr(pack, "MOST_FILES", 1)
    with pytest.raises(UsageError, match="too large for a version"):
        pack.pack({"": code}, tmp_path / "store")
    monkeypatch.setattr(pack, "MOST_FILES", 100)
    os.mkfifo(code / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        pack.pack({"": code}, tmp_path / "store")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(UsageError, match=r"there is no folder .*nothing"):
        pack.pack({"": tmp_path / "nothing"}, tmp_path / "store")
