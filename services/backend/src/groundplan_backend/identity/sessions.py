"""Sessions in Redis, where the gateway looks for them: gone there means refused there."""

from dataclasses import dataclass
from datetime import UTC, datetime

from groundplan_backend.redis.client import Argument, Redis
from groundplan_contracts.sessions import session_key, sessions_of_user_key


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
    """Writes sessions to Redis and takes them away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

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
