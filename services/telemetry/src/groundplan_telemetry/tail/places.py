"""How far each followed file was read, kept on the disk so that nothing is read twice."""

import os
from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "places.json"


class Place(msgspec.Struct):
    """A place in a file; `inode` tells the file from another one of its name."""

    inode: int
    offset: int


def load(folder: Path) -> dict[str, Place]:
    """Return the places by the file's path; none where nothing usable is kept."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, Place])
    except (OSError, msgspec.DecodeError):
        return {}


def keep(folder: Path, places: dict[str, Place]) -> None:
    """Write the places down.

    Raises:
        OSError: the disk does not take them.
    """
    new = folder / f"{FILE}.new"
    new.write_bytes(msgspec.json.encode(places))
    os.replace(new, folder / FILE)
