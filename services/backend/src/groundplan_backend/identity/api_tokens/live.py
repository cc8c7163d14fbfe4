"""API tokens in Redis, beside the sessions: gone there means refused at every gateway."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from groundplan_backend.redis.client import Argument, Redis
from groundplan_backend.settings import Secret
from groundplan_contracts.identity import TOKEN_SESSION
from groundplan_contracts.sessions import session_key

_PATIENCE: Final = 0.5


class LiveTokens:
    """Writes tokens to Redis and takes them away, on a connection of its own."""

    def __init__(self, url: Secret, authority: Path | None = None) -> None:
        self._redis = Redis(url, timeout=_PATIENCE, authority=authority)

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    async def put(self, rows: Iterable[Any]) -> None:
        """Write tokens (id, user_id, role, expires_at), new or again, until they expire.

        Raises:
            DependencyUnavailable: Redis does not answer.
        """
        commands: list[tuple[Argument, ...]] = []
        for row in rows:
            key = _key(row["id"])
            fields = ("user", str(row["user_id"]), "role", row["role"], "kind", "token")
            commands.append(("HSET", key, *fields))
            commands.append(("EXPIREAT", key, _seconds(row["expires_at"])))
        if commands:
            await self._redis.transaction(*commands)

    async def end(self, tokens: list[str]) -> None:
        """Take tokens away.

        Raises:
            DependencyUnavailable: Redis does not answer; the tokens may live on.
        """
        if tokens:
            await self._redis.execute("DEL", *map(_key, tokens))


def _key(token: UUID | str) -> str:
    return session_key(f"{TOKEN_SESSION}{token}")


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
