"""Named SQL statements, read from a `queries.sql` beside the repository that runs them."""

import re
from pathlib import Path
from typing import Final

NAMES: Final[dict[str, str]] = {}
"""What every statement that was read is called, by its text: `catalog.list_services`."""
_NAME: Final = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


class Queries(dict[str, str]):
    """The statements of one file by name; an unknown name is a KeyError at import."""


def load(module_file: str) -> Queries:
    """Read `queries.sql` from the folder of `module_file` (a module's `__file__`).

    Raises:
        ValueError: two statements have the same name.
    """
    text = Path(module_file).with_name("queries.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    names, statements = parts[::2], parts[1::2]
    if len(set(names)) < len(names):
        raise ValueError(f"{module_file}: a statement's name stands twice in queries.sql")
    found = Queries(zip(names, map(str.strip, statements), strict=True))
    room = _room(Path(module_file))
    NAMES.update({text: f"{room}.{name}" for name, text in found.items()})
    return found


def _room(module: Path) -> str:
    """Return the folder of a module below the package, with dots."""
    parts = module.parent.parts
    root = Path(__file__).parent.parent.name
    below = parts[::-1].index(root) if root in parts else 1
    return ".".join(parts[len(parts) - below :])
