"""Installs what a service of the user's needs into an environment of its own, once."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from groundplan.model.process import Installation
from groundplan.runner import command, disk
from groundplan.tools import packages


async def install(wanted: Installation, say: Callable[[str], None]) -> None:
    """Make the environment where it is missing or was made for other packages.

    Raises:
        ToolError: the packages cannot be installed.
    """
    folder, digest = Path(wanted.folder), digest_of(wanted)
    if is_made(wanted):
        return
    say(f"installing {_count(wanted.requirements)}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for arguments in _commands(wanted):
        await command.run(
            arguments,
            directory=wanted.directory,
            settings=dict(os.environ),
            heard=lambda line: say(f"installing: {line[:70]}"),
        )
    disk.write(_stamp(folder), digest)


def is_made(wanted: Installation) -> bool:
    """Say whether the environment stands there with these very packages."""
    stamp = _stamp(Path(wanted.folder))
    return stamp.is_file() and stamp.read_text() == digest_of(wanted)


def digest_of(wanted: Installation) -> str:
    """Return a digest of the packages, of the files that list them and of our Python."""
    digest = hashlib.sha256(sys.version.encode())
    for text in _texts(wanted):
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def _texts(wanted: Installation) -> Iterator[str]:
    for requirement in wanted.requirements:
        yield requirement
        if requirement.startswith("-r"):
            yield Path(wanted.directory, _listed(requirement)).read_text(encoding="utf-8")


def _listed(requirement: str) -> str:
    return requirement.removeprefix("-r").strip()


def _commands(wanted: Installation) -> Iterator[Sequence[str]]:
    python = f"{wanted.folder}/bin/python"
    words = [f"granian=={version('granian')}", *_words(wanted.requirements)]
    yield packages.make_environment(wanted.folder)
    yield packages.install(python, words)


def _words(requirements: Sequence[str]) -> Iterator[str]:
    for requirement in requirements:
        if requirement.startswith("-r"):
            yield from ("-r", _listed(requirement))
        else:
            yield requirement


def _stamp(folder: Path) -> Path:
    return folder / ".installed"


def _count(requirements: Sequence[str]) -> str:
    return "1 package" if len(requirements) == 1 else f"{len(requirements)} packages"
