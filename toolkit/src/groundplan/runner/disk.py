"""Files that are whole or not there: written beside, then renamed; a full disk is said plainly."""

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from groundplan.errors import NotReadyError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFullError(NotReadyError):
    """There is no room left for a file; what stood there before still stands."""


@contextlib.contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn the system's word for a full disk into one that a person understands.

    Raises:
        DiskFullError: there was no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise DiskFullError(
            f"the disk is full: {path} could not be written",
            hint="free some space there; what runs goes on, and writing is tried again",
        ) from None


def write(
    path: Path,
    content: str,
    mode: int = 0o644,
    *,
    by_way_of: Path | None = None,
    sync: bool = False,
) -> None:
    """Replace a file in one step.

    Args:
        path: the file.
        content: its text.
        mode: its permissions.
        by_way_of: folder of the same disk for the unfinished file, where the file's own
            folder is watched by others.
        sync: whether the file must outlive a power cut.

    Raises:
        DiskFullError: there was no room; nothing has changed.
    """
    with reporting(path):
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=by_way_of or path.parent)
        try:
            with open(number, "w", encoding="utf-8") as file:
                os.fchmod(file.fileno(), mode)
                file.write(content)
                file.flush()
                if sync:
                    os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def write_changed(path: Path, content: str, mode: int, by_way_of: Path) -> bool:
    """Replace a file if its text differs; say whether it did."""
    with contextlib.suppress(OSError):
        if path.read_text(encoding="utf-8") == content:
            return False
    with reporting(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write(path, content, mode, by_way_of=by_way_of)
    return True


def write_json(path: Path, value: Any, mode: int = 0o644) -> None:
    """Replace a file by a value as JSON."""
    write(path, json.dumps(value, separators=(",", ":")) + "\n", mode)


def read_json(path: Path) -> Any:
    """Return the value in a JSON file, or None where there is no such file or no JSON in it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
