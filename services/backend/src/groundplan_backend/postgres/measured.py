"""A connection that times every statement, so that no repository has to.

Statements are known by the name that they have in `queries.sql`; neither their text nor what
they are given leaves this place.
"""

import re
import time
from collections.abc import Awaitable
from functools import lru_cache
from typing import Any, Final, TypeVar

import asyncpg

from groundplan_backend.observability.calls import Calls, kind_of
from groundplan_backend.postgres import queries

SYSTEM: Final = "postgresql"
CONNECT: Final = "CONNECT"
T = TypeVar("T")
_WORD: Final = re.compile(r"(?:\s|--[^\n]*\n)*(\w+)")
_CHANGE: Final = re.compile(r"\b(INSERT|UPDATE|DELETE)\b(?=\s+(?:INTO|FROM|[\w.\"]+\s+SET))")


class Measured(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """An asyncpg connection whose statements are noted."""

    calls = Calls()
    """Where statements are noted; whoever opens the connection puts his own there."""

    async def fetch(self, query: str, *arguments: Any, **options: Any) -> Any:
        """Run a statement and return its rows."""
        return await self._timed(query, super().fetch(query, *arguments, **options))

    async def fetchrow(self, query: str, *arguments: Any, **options: Any) -> Any:
        """Run a statement and return its first row, or None."""
        return await self._timed(query, super().fetchrow(query, *arguments, **options))

    async def fetchval(self, query: str, *arguments: Any, **options: Any) -> Any:
        """Run a statement and return one value, or None."""
        return await self._timed(query, super().fetchval(query, *arguments, **options))

    async def execute(self, query: str, *arguments: Any, **options: Any) -> Any:
        """Run a statement; the library begins and ends transactions with it too."""
        return await self._timed(query, super().execute(query, *arguments, **options))

    async def executemany(self, command: str, arguments: Any, **options: Any) -> Any:
        """Run a statement for each of several arguments."""
        return await self._timed(command, super().executemany(command, arguments, **options))

    async def _timed(self, statement: str, work: Awaitable[T]) -> T:
        started = time.perf_counter()
        try:
            result = await work
        except BaseException as error:
            self.calls.note(SYSTEM, *describe(statement), started, kind_of(error))
            raise
        self.calls.note(SYSTEM, *describe(statement), started)
        return result


@lru_cache(1024)
def describe(statement: str) -> tuple[str, str]:
    """Return a statement's operation, and its name; the operation where it has none."""
    found = _WORD.match(statement)
    operation = found[1].upper() if found else "OTHER"
    if operation == "WITH":
        change = _CHANGE.search(statement)
        operation = change[1] if change else "SELECT"
    return operation, queries.NAMES.get(statement, operation)
