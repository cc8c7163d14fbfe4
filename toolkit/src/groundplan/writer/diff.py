"""What writing would change in a folder: files to create, replace and remove."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan.model.file import File, Files
from groundplan.writer import owned

OTHERS: Final = 0o077
"""The rights that a secret file does not give."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that is not as rendered; `before` or `after` is missing where there is none."""

    path: str
    before: bytes | None
    after: bytes | None
    is_ours: bool
    """Whether what stands there is what we wrote."""
    is_secret: bool = False


def changes(files: Files, folder: Path) -> list[Change]:
    """Return every difference between rendered files and a folder, in order of path.

    Raises:
        DriftError: the list of our files was changed by hand.
        OSError: a file cannot be read.
    """
    ours = owned.read(folder)
    wanted = {file.path: file for file in files}
    found = [_change(file, folder, ours) for file in files]
    found += [_removal(path, folder, ours) for path in ours if path not in wanted]
    return sorted(
        (change for change in found if change and change.before != change.after),
        key=lambda change: change.path,
    )


def _change(file: File, folder: Path, ours: owned.Digests) -> Change:
    before = _content(folder / file.path)
    is_ours = before is None or owned.digest(before) in ours.get(file.path, ())
    return Change(file.path, before, file.content.encode(), is_ours, not file.mode & OTHERS)


def _removal(path: str, folder: Path, ours: owned.Digests) -> Change:
    before = _content(folder / path)
    return Change(path, before, None, before is None or owned.digest(before) in ours[path])


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def unified(changes: list[Change], folder: Path) -> Iterator[str]:
    """Yield the lines of a unified diff; of a secret only that it differs."""
    for change in changes:
        name = (folder / change.path).as_posix()
        if change.is_secret:
            yield f"{name}: differs (a secret, not shown)"
            continue
        yield from difflib.unified_diff(
            _lines(change.before),
            _lines(change.after),
            "/dev/null" if change.before is None else f"a/{name}",
            "/dev/null" if change.after is None else f"b/{name}",
            lineterm="",
        )


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()
