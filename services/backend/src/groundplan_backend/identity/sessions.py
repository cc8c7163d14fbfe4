"""Sessions in Redis, where the gateway looks for them: gone there means refused there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from groundplan_backend.redis.client import Argument, Redis
from groundplan_backend.settings import Secret
from groundplan_contracts.sessions import session_key, sessions_of_user_key

_PATIENCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session as the gateway sees it; the family of refresh tokens has the session's id."""

    id: str
    user: str
    role: str
    created_at: datetime
    expires_at: datetime
    address: str
    agent: str


class Sessions:
    """Writes sessions to Redis and takes them away.

    On a connection of its own: a sign-in has more patience than a cached read, which has
    the database to turn to.
    """

    def __init__(self, url: Secret, authority: Path | None = None) -> None:
        self._redis = Redis(url, timeout=_PATIENCE, authority=authority)

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    async def check(self) -> None:
        """Say whether a session could be written now.

        Raises:
            DependencyUnavailable: Redis does not answer.
        """
        await self._redis.ping()

    async def put(self, session: LiveSession) -> None:
        """Write a session, new or refreshed, until its absolute end.

        Raises:
            DependencyUnavailable: Redis does not answer; the session must not be granted.
        """
        key, of_user = session_key(session.id), sessions_of_user_key(session.user)
        expiry = int(session.expires_at.timestamp())
        fields: list[Argument] = ["user", session.user, "role", session.role]
        fields += ["created", session.created_at.isoformat(), "family", session.id]
        fields += ["last_seen", datetime.now(UTC).isoformat()]
        fields += ["address", session.address, "agent", session.agent]
        await self._redis.transaction(
            ("HSET", key, *fields),
            ("EXPIREAT", key, expiry),
            ("SADD", of_user, session.id),
            ("EXPIREAT", of_user, expiry),
        )

    async def end(self, user: str, sessions: list[str]) -> None:
        """Take sessions away; the gateway refuses their tokens from now on.

        Raises:
            DependencyUnavailable: Redis does not answer; the sessions may live on.
        """
        if sessions:
            await self._redis.transaction(
                ("DEL", *map(session_key, sessions)),
                ("SREM", sessions_of_user_key(user), *sessions),
            )
