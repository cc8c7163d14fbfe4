"""The state that our operations keep: rows by account, region and kind, cleared as a whole.

Operations that only complete one of moto's keep their state in moto's own objects; this is for
what moto has no object for. Nothing outlives the process.
"""

from typing import Any

Row = dict[str, Any]
Key = tuple[str, ...]
Table = dict[Key, Row]


class Store:
    """Tables that are made when first asked for."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str, str], Table] = {}

    def table(self, account: str, region: str, kind: str) -> Table:
        """Return the rows of a kind, to read and to change."""
        return self._tables.setdefault((account, region, kind), {})

    def clear(self) -> None:
        """Forget everything."""
        self._tables.clear()


STORE = Store()
"""The one store of the process."""
