"""Folders are private, and sockets get a short path."""

import os
import stat
from pathlib import Path

import pytest

from groundplan.errors import UsageError
from groundplan.runner import folders


def test_all_folders_are_private(tmp_path):
    """Nobody but the owner may look into the data folder."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    for name in (found.data, found.run, found.secrets, found.logs, found.config):
        assert 0o700 == stat.S_IMODE(Path(name).stat().st_mode)


def test_a_deep_data_folder_has_a_short_run_folder(tmp_path):
    """A socket's path is bounded, so a deep folder's run folder stands elsewhere, linked."""
    found = folders.locate(tmp_path / ("deep" * 30), tmp_path)
    folders.make(found)
    assert len(found.run) <= folders.LONGEST_RUN
    assert Path(found.data, "run").resolve() == Path(found.run).resolve()


def test_a_file_in_the_way_is_named(tmp_path):
    """A data folder that cannot be is refused with its name and a way out."""
    (tmp_path / "data").write_text("a file")
    with pytest.raises(UsageError, match=r"data cannot be used.*\n.*--data"):
        folders.make(folders.locate(tmp_path / "data", tmp_path))


@pytest.mark.skipif(os.getuid() == 0, reason="only elsewhere: root may write everywhere")
def test_a_folder_without_rights_is_named(tmp_path):
    """A data folder that may not be written is refused before anything starts."""
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be used"):
        folders.make(folders.locate(tmp_path / "data", tmp_path))
