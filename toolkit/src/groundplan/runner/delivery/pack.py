"""Packs folders into one that is named by what is in it, whole or not there.

The digest is of names, contents and whether a file may be executed: the same code has the same
digest on every machine and at any time.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from groundplan.errors import UsageError
from groundplan.runner import disk

LEFT_OUT: Final = frozenset(
    {
        "__pycache__",
        "node_modules",
        ".git",
        ".groundplan",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".venv",
    }
)
"""Folders that are made from others, or hold what no version is made of."""
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 512 << 20
PREFIX: Final = "sha256:"


def pack(parts: Mapping[str, Path], store: Path) -> str:
    """Copy folders to where their digest says, and return it as `sha256:...`.

    Args:
        parts: folders by the name that each has in the version; the empty name is its top.
        store: the folder of one service's versions.

    Raises:
        UsageError: a folder is missing or too large, or something in it cannot be packed.
        DiskFullError: there is no room.
    """
    with disk.reporting(store):
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".packing-", dir=store))
        try:
            for name, folder in parts.items():
                _copy(folder, made / name)
            digest = digest_of(made)
            place = folder_of(store, digest)
            if not place.exists():
                os.replace(made, place)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return digest


def folder_of(store: Path, digest: str) -> Path:
    """Return where the code of a digest stands."""
    return store / digest.removeprefix(PREFIX)


def mark_released(folder: Path) -> None:
    """Have a version kept for ever."""
    _mark(folder).touch()


def is_released(folder: Path) -> bool:
    """Say whether a version is kept for ever."""
    return _mark(folder).exists()


def digest_of(folder: Path) -> str:
    """Return the digest of what is in a folder."""
    digest = hashlib.sha256()
    for path in sorted(_files(folder), key=lambda each: os.fsencode(each.relative_to(folder))):
        name = os.fsencode(path.relative_to(folder))
        if path.is_symlink():
            mode, content = b"link", os.fsencode(path.readlink())
        else:
            mode, content = _mode(path), path.read_bytes()
        digest.update(b"%b %b %b\0" % (mode, hashlib.sha256(content).hexdigest().encode(), name))
    return PREFIX + digest.hexdigest()


def _mark(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.released")


def _copy(folder: Path, place: Path) -> None:
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    size = 0
    for number, path in enumerate(_files(folder)):
        size += path.lstat().st_size
        if number >= MOST_FILES or size > MOST_BYTES:
            most = f"{MOST_FILES} files and {MOST_BYTES >> 20} MB"
            raise UsageError(f"{folder} is too large for a version, which has at most {most}")
        target = place / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_one(path, folder, target)
    place.mkdir(parents=True, exist_ok=True)


def _copy_one(path: Path, folder: Path, target: Path) -> None:
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        if not path.resolve().is_relative_to(folder.resolve()) or path.readlink().is_absolute():
            raise UsageError(f"{path} leads out of {folder}; a version has all that it needs")
        target.symlink_to(path.readlink())
    elif stat.S_ISREG(kind):
        shutil.copyfile(path, target)
        target.chmod(0o755 if kind & stat.S_IXUSR else 0o644)
    else:
        raise UsageError(f"{path} is neither a file nor a folder; a version has only those")


def _files(folder: Path) -> Iterator[Path]:
    """Yield files and links; those to folders too, which are not followed."""
    for top, folders, files in os.walk(folder):
        linked = [name for name in folders if Path(top, name).is_symlink()]
        folders[:] = [name for name in folders if name not in LEFT_OUT and name not in linked]
        for name in (*files, *linked):
            if not name.endswith(".pyc"):
                yield Path(top, name)


def _mode(path: Path) -> bytes:
    return b"exec" if path.stat().st_mode & stat.S_IXUSR else b"file"
