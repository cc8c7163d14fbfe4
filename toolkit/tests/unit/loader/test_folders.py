"""Folders that the file names."""

from collections.abc import Callable
from pathlib import Path

from groundplan.loader import folders
from groundplan.model.platform import Platform

PlatformWith = Callable[[str], Platform]


def test_a_folder_must_be_there(tmp_path: Path, platform_with: PlatformWith) -> None:
    """A program's folder is looked for from the file's folder; a file is no folder."""
    (tmp_path / "here").mkdir()
    (tmp_path / "text").touch()
    run = "{{kind: service, run: {{directory: {0}, command: [x]}}}}"
    names = ("here", "text", "none", '"' + "x" * 300 + '"')
    services = ", ".join(f"s{n}: {run.format(name)}" for n, name in enumerate(names))
    found = folders.missing(platform_with(f"services: {{{services}}}"), tmp_path)
    assert ["s1", "s2", "s3"] == [finding.path[1] for finding in found]


def test_a_list_of_packages_must_be_there(tmp_path: Path, platform_with: PlatformWith) -> None:
    """`-r FILE` is looked for in the program's folder; packages by name are not looked for."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/here.txt").touch()
    text = (
        "services: {a: {kind: service, run: {directory: app, command: [x],"
        " requirements: [-r here.txt, -r none.txt, flask==3.0.0]}}}"
    )
    (found,) = folders.missing(platform_with(text), tmp_path)
    assert ("there is no file `none.txt`", 1) == (found.message, found.path[-1])
