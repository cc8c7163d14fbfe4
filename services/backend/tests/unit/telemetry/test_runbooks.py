"""Runbooks of a folder."""

from pathlib import Path

import pytest

from groundplan_backend.errors import NotFound
from groundplan_backend.telemetry import runbooks
from groundplan_backend.telemetry.runbooks import Runbooks


def test_a_runbook_is_read_by_its_name(tmp_path: Path) -> None:
    """Its title is its first heading; what is no runbook is not listed."""
    (tmp_path / "CacheDown.md").write_text("# The cache is down\n\nLook at it.\n")
    (tmp_path / "Bare.md").write_text("no heading")
    (tmp_path / "README.md").write_text("# All of them\n")
    (tmp_path / "odd name.md").write_text("# Odd\n")
    found = Runbooks(tmp_path)
    titles = [(one.name, one.title) for one in found.page().items]
    assert [("Bare", "Bare"), ("CacheDown", "The cache is down")] == titles
    assert "Look at it." in found.one("CacheDown").text


@pytest.mark.parametrize("name", ["None", "../CacheDown", "README", ""])
def test_only_what_is_listed_can_be_read(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder."""
    (tmp_path.parent / "CacheDown.md").write_text("# Outside\n")
    with pytest.raises(NotFound):
        Runbooks(tmp_path).one(name)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """A backend without runbooks starts all the same."""
    assert [] == Runbooks(tmp_path / "none").page().items


def test_in_a_checkout_they_are_where_they_are_written() -> None:
    """An image has them beside the code."""
    folder = runbooks.packaged()
    assert "runbooks" == folder.name or "pages" == folder.name
    assert (Path(__file__).parents[5] / "docs" / "runbooks") == folder


def test_an_image_has_them_beside_the_code() -> None:
    """Where `packaged` looks first; the builder is sent the folder."""
    root = Path(__file__).parents[5]
    beside = Path(runbooks.__file__).with_name("pages").relative_to(root / "services/backend/src")
    dockerfile = (root / "services/backend/Dockerfile").read_text()
    assert f"COPY docs/runbooks/ /sources/srv/packages/{beside}/\n" in dockerfile
    assert "!docs/runbooks/**" in (root / ".dockerignore").read_text()
