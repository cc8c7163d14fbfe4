"""What lies in a data folder as text: rendered settings, start-up traces, the ends of logs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from groundplan.model.folders import Folders

LONGEST: Final = 4 << 20
"""Bytes of a file of settings or of a trace."""
TAIL: Final = 1 << 20
"""Bytes of a log's end."""
LEFT_OUT: Final = frozenset({"secrets"})
"""Folders of settings that hold nothing but secrets."""
RECORDS: Final = ("ports.json", "transport.json")
"""Of the data folder itself."""


def settings(folders: Folders) -> Iterator[tuple[str, str]]:
    """Yield what was rendered for the programs, but for secrets, and what the runner noted."""
    root = Path(folders.config)
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        inside = path.relative_to(root)
        if not LEFT_OUT.intersection(inside.parts):
            yield f"config/{inside}", text(path)
    for path in (Path(folders.data, name) for name in RECORDS):
        if path.is_file():
            yield f"config/{path.name}", text(path)


def traces(folders: Folders) -> Iterator[tuple[str, str]]:
    """Yield how each start went."""
    for path in sorted(Path(folders.traces).glob("*.json")):
        yield f"traces/{path.name}", text(path)


def logs(folders: Folders) -> Iterator[tuple[str, str, int]]:
    """Yield the end of each log, then of the old copies, and how many bytes were left out."""
    found = [each for each in Path(folders.logs).glob("*.log*") if each.is_file()]
    for path in sorted(found, key=lambda each: (each.suffix != ".log", each.name)):
        try:
            yield f"logs/{path.name}", *read(path, TAIL)
        except OSError as error:
            yield f"logs/{path.name}", _unreadable(error), 0


def text(path: Path) -> str:
    """Return the text of a file that is not long, or why there is none."""
    try:
        return read(path, LONGEST)[0]
    except OSError as error:
        return _unreadable(error)


def _unreadable(error: OSError) -> str:
    return f"[cannot be read: {error.strerror}]\n"


def read(path: Path, most: int) -> tuple[str, int]:
    """Return a file's last bytes as text, from a line's beginning, and how many are missing."""
    with path.open("rb") as file:
        gone = max(0, file.seek(0, 2) - most)
        file.seek(gone)
        content = file.read(most)
    if gone:
        first = content.find(b"\n") + 1
        content, gone = content[first:], gone + first
    return content.decode(errors="replace"), gone
