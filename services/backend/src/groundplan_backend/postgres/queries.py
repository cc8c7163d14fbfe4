"""Named SQL statements, read from a `queries.sql` beside the repository that runs them."""

import re
from pathlib import Path
from typing import Final

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
    return Queries(zip(names, map(str.strip, statements), strict=True))
