"""Building on another file."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import extend, parse, tree
from groundplan.loader.code import Code


def extended(path: Path) -> tree.Branch:
    """Read a file and what it builds on."""
    return extend.extend(parse.parse(path.read_text(), path.name), path)


def refused(path: Path) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(PlatformFileError) as caught:
        extended(path)
    return caught.value.problems[0].code


def test_files_stack_up(tmp_path: Path) -> None:
    """A file builds on one that builds on another; the nearest word counts."""
    (tmp_path / "a.yaml").write_text("x: 1\ny: {p: 1}\nz: 1\n")
    (tmp_path / "b.yaml").write_text("extends: a.yaml\nx: 2\ny: {q: 2}\n")
    (tmp_path / "c.yaml").write_text("extends: ./b.yaml\nx: 3\n")
    found = tree.plain(extended(tmp_path / "c.yaml"))
    assert {"x": 3, "y": {"p": 1, "q": 2}, "z": 1} == found


def test_the_reference_is_the_platform_of_the_repository() -> None:
    """`extends: reference` needs no path."""
    assert "apiVersion: groundplan/v1" in extend.REFERENCE.read_text()


def test_folders_stay_true(tmp_path: Path) -> None:
    """A folder named in a base counts from the base, wherever it is built on."""
    (tmp_path / "base").mkdir()
    (tmp_path / "base/p.yaml").write_text("services: {a: {run: {directory: app}}}\n")
    (tmp_path / "p.yaml").write_text("extends: base/p.yaml\n")
    assert {"services": {"a": {"run": {"directory": "base/app"}}}} == tree.plain(
        extended(tmp_path / "p.yaml")
    )


def test_circles_and_holes_are_refused(tmp_path: Path) -> None:
    """A file cannot build on itself, on nothing, or on what is not there."""
    for name, target in (("a", "b.yaml"), ("b", "a.yaml"), ("c", "''"), ("d", "none.yaml")):
        (tmp_path / f"{name}.yaml").write_text(f"extends: {target}\n")
    assert Code.EXTENDS_CIRCLE == refused(tmp_path / "a.yaml")
    assert Code.EXTENDS == refused(tmp_path / "c.yaml")
    assert Code.EXTENDS == refused(tmp_path / "d.yaml")


def test_shows_paths_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths below the working folder are short, others whole."""
    monkeypatch.chdir(tmp_path)
    assert "a/p.yaml" == extend.shown(tmp_path / "a/p.yaml")
    assert "/elsewhere/p.yaml" == extend.shown(Path("/elsewhere/p.yaml"))
