"""Keeps Terraform's state when the disk is full: room is set aside before anything is changed.

Terraform tells the whole state as its last word when it can write it nowhere. The room that was
set aside then takes it, and a broken state file beside the files is replaced by it.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from groundplan.cloud.root import Root
from groundplan.errors import MachineError

ROOM: Final = 8 << 20
"""Bytes; the state of a thousand resources takes about half of it."""
RESERVE: Final = "reserve"
KEPT: Final = "errored.tfstate"
STATE: Final = "terraform.tfstate"


@contextlib.contextmanager
def room(folder: Path) -> Iterator[None]:
    """Set room for a state aside while the block lasts.

    Raises:
        MachineError: the disk is full; nothing was changed.
    """
    reserve = folder / RESERVE
    try:
        with open(reserve, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError as error:
        reserve.unlink(missing_ok=True)
        raise MachineError(
            f"no room for the state in {folder}: {error.strerror}",
            hint="free some space; nothing was changed",
        ) from None
    try:
        yield
    finally:
        reserve.unlink(missing_ok=True)


def keep(root: Root, state: str) -> str:
    """Write a state that Terraform could not, and return where it is and what to do.

    Raises:
        OSError: there is no room even so.
    """
    (root.data / RESERVE).unlink(missing_ok=True)
    if _is_beside(root):
        beside = root.folder / STATE
        _write(beside, state)
        (root.folder / KEPT).unlink(missing_ok=True)
        return f"the state is whole again in {beside}; free some space and repeat"
    kept = root.data / KEPT
    _write(kept, state)
    return (
        f"the state is kept in {kept}; free some space, then"
        f" `terraform state push {kept}` in {root.folder}, and repeat"
    )


def _is_beside(root: Root) -> bool:
    """Return whether the state is a file beside the files, as Terraform noted at init."""
    try:
        noted = json.loads((root.data / "terraform" / STATE).read_bytes())
    except (OSError, ValueError):
        return True
    return bool((noted.get("backend") or {}).get("type", "local") == "local")


def _write(file: Path, state: str) -> None:
    """Replace a file in one step; a state holds secrets."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(state)
    part.replace(file)
