"""Makes the folders of a data folder, private to its owner; sockets get a short path."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from groundplan.errors import UsageError
from groundplan.model.folders import Folders
from groundplan.runner import disk

ROOM_AT_FIRST = 128 << 20
"""Bytes that making the database and starting everything takes."""
ROOM = 16 << 20
"""Bytes without which not even logs can be written for long."""
LONGEST_RUN = 60
"""A socket's path may have some 100 bytes; the rest is for its name."""


def locate(data: Path, source: Path) -> Folders:
    """Return the folders' paths without making any."""
    whole = Path(os.path.abspath(data))
    run = whole / "run"
    if len(os.fsencode(run)) > LONGEST_RUN:
        digest = hashlib.sha256(os.fsencode(whole)).hexdigest()[:12]
        run = private_folder() / digest
    return Folders(str(whole), str(run), os.path.abspath(source))


def make(folders: Folders) -> None:
    """Make the folders that are missing.

    Raises:
        UsageError: the data folder cannot be made or written.
        DiskFullError: there is no room.
    """
    data = Path(folders.data)
    try:
        with disk.reporting(data):
            for name in (data, data / "writing", folders.config, folders.secrets, folders.logs):
                _make(Path(name))
            _make_run(data, Path(folders.run))
            _make(Path(folders.cache))
            disk.write(data / "writing" / "probe", "")
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise _unusable(data, error.strerror or str(error)) from None
    except OSError as error:
        raise _unusable(data, error.strerror or str(error)) from None


def check_room(folders: Folders) -> None:
    """See that there is room for what a run writes.

    Raises:
        DiskFullError: there is not.
    """
    is_new = not Path(folders.database).exists()
    wanted, free = ROOM_AT_FIRST if is_new else ROOM, shutil.disk_usage(folders.data).free
    if free < wanted:
        raise disk.DiskFullError(
            f"the disk is full: {folders.data} needs {wanted >> 20} MB, {free >> 20} MB are free",
            hint="free some space there, or choose another folder with --data DIR",
        )


def private_folder() -> Path:
    """Return this user's folder for what must have a short path or is known machine-wide."""
    path = Path(tempfile.gettempdir(), f"groundplan-{os.getuid()}")
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        raise UsageError(f"{path} belongs to somebody else", hint="set TMPDIR to another folder")
    return path


def _make(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _make_run(data: Path, run: Path) -> None:
    _make(run)
    shown = data / "run"
    if shown != run and not shown.is_symlink():
        shown.symlink_to(run)


def _unusable(data: Path, reason: str) -> UsageError:
    return UsageError(
        f"the data folder {data} cannot be used: {reason}",
        hint="choose another with --data DIR, or make this one writable",
    )
