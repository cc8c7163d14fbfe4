"""Rendered files into a folder: all or nothing, and nothing that a person wrote is lost.

Every file is first written beside its place, then all are renamed; a run that is cut off in
between is finished by the next, because the list of our files then holds both states.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from groundplan.errors import DriftError, MachineError
from groundplan.model.file import Files
from groundplan.writer import owned
from groundplan.writer.diff import Change, changes

PART: Final = ".groundplan-part"


def write(files: Files, folder: Path, *, force: bool = False) -> list[Change]:
    """Make a folder hold the rendered files, and return what changed.

    Args:
        files: everything that the folder should hold of ours.
        folder: made where it is not there.
        force: whether to overwrite files that a person changed.

    Raises:
        DriftError: a person changed a file; nothing was written.
        MachineError: the disk is full or refuses; nothing was replaced.
    """
    try:
        found = changes(files, folder)
        _respect(found, folder, force=force)
        if found or not (folder / owned.LIST).exists():
            _replace(files, folder, found)
    except OSError as error:
        where = error.filename or folder
        hint = "free some space or choose another folder with --out; nothing was replaced"
        raise MachineError(f"cannot write {where}: {error.strerror or error}", hint=hint) from None
    return found


def _respect(found: Iterable[Change], folder: Path, *, force: bool) -> None:
    changed = [str(folder / change.path) for change in found if not change.is_ours]
    if changed and not force:
        names = ", ".join(changed[:5]) + (" and others" if len(changed) > 5 else "")
        hint = "move the change into platform.yaml, or overwrite it with --force"
        raise DriftError(f"changed by hand since it was rendered: {names}", hint=hint)


def _replace(files: Files, folder: Path, found: Sequence[Change]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.rglob(f"*{PART}"):
        left.unlink()
    modes = {file.path: file.mode for file in files}
    new = [change for change in found if change.after is not None]
    parts = [(folder / change.path, change.after or b"", modes[change.path]) for change in new]
    meanwhile, at_the_end = _lists(files, folder)
    listed, next_list = folder / owned.LIST, folder / f"{owned.LIST}-next"
    _stage([*parts, (listed, meanwhile, 0o644), (next_list, at_the_end, 0o644)])
    _part(listed).replace(listed)
    for path, _, _ in parts:
        _part(path).replace(path)
    for change in found:
        if change.after is None:
            _remove(folder, change.path)
    _part(next_list).replace(listed)


def _lists(files: Files, folder: Path) -> tuple[bytes, bytes]:
    """Return the list of our files while they change, which knows both states, and after."""
    after = {file.path: (owned.digest(file.content.encode()),) for file in files}
    before = owned.read(folder)
    both = {path: (*after.get(path, ()), *before.get(path, ())) for path in {**before, **after}}
    return owned.dump(both), owned.dump(after)


def _stage(parts: Sequence[tuple[Path, bytes, int]]) -> None:
    try:
        for path, content, mode in parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(_part(path), content, mode)
    except OSError:
        for path, _, _ in parts:
            _part(path).unlink(missing_ok=True)
        raise


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    path.chmod(mode)


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _remove(folder: Path, path: str) -> None:
    """Remove a file of ours, and the folders that this leaves empty."""
    target = folder / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
