"""Terraform's environment is ours, quiet, and with working data of its own."""

from pathlib import Path

import pytest

from groundplan.cloud import root
from groundplan.cloud.root import Root
from groundplan.tools.found import Found


def test_working_data_stays_out_of_the_files(tmp_path: Path) -> None:
    """Providers and modules are kept in our data folder; nothing is asked."""
    found = root.environment(tmp_path)
    assert str(tmp_path / "terraform") == found["TF_DATA_DIR"]
    assert ("1", "0") == (found["TF_IN_AUTOMATION"], found["TF_INPUT"])


def test_settings_that_are_missing_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A settings file that is there is used, one that is not there is not."""
    settings = tmp_path / "terraformrc"
    monkeypatch.setenv(root.CONFIG, str(settings))
    assert root.CONFIG not in root.environment(tmp_path)
    settings.touch()
    assert str(settings) == root.environment(tmp_path)[root.CONFIG]


def test_a_root_shows_no_environment(tmp_path: Path) -> None:
    """Credentials in the environment are in no message; variables become words."""
    program = Found("Terraform", Path("terraform"), (1, 11), "PATH")
    made = Root(program, tmp_path, tmp_path, {"AWS_SECRET_ACCESS_KEY": "x"}, {"a": "b"})
    assert "AWS_SECRET" not in repr(made)
    assert ["-var=a=b"] == made.words
