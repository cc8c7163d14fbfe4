"""What a person does to be signed in and out, and what keeps others from doing it for him."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import (
    AccountLocked,
    InvalidCredentials,
    NotFound,
    SessionEnded,
    Unauthenticated,
)
from groundplan_backend.identity import repository, schemas
from groundplan_backend.identity.factors.challenges import Challenge
from groundplan_backend.identity.factors.due import Method, SecondFactor
from groundplan_backend.identity.factors.schemas import MfaDue
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.sessions import LiveSession, Sessions
from groundplan_backend.identity.tokens import AccessTokens, Claims, RefreshTokens
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings

GRACE: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request without an identity comes from."""

    address: str
    agent: str
    request_id: str
    trace_id: str = ""

    def actor(self, subject: str) -> Actor:
        """Return whom the audit record names."""
        return Actor(subject, self.address, self.request_id, self.trace_id)


@dataclass(frozen=True, slots=True)
class Granted:
    """A session's tokens."""

    answer: schemas.SignedIn
    refresh_token: str


class IdentityService:
    """Sign-in, refresh, sign-out and sessions."""

    def __init__(
        self,
        pool: Pool,
        sessions: Sessions,
        keys: KeyRing,
        passwords: Passwords,
        second: SecondFactor,
        metrics: Metrics,
        settings: Settings,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._keys = keys
        self._passwords = passwords
        self._second = second
        self._outcomes = metrics.sign_ins
        self._access = AccessTokens(settings.issuer, settings.audience, settings.access_token_ttl)
        self._refresh = RefreshTokens(settings.key_encryption_key)
        self._life = timedelta(seconds=settings.refresh_token_ttl)
        self._idle = timedelta(seconds=settings.session_idle_ttl)
        self._lock_after = settings.lock_after
        self._lock_for = settings.lock_for

    async def sign_in(self, email: str, password: str, origin: Origin) -> Granted | MfaDue:
        """Start a session, or ask for the second factor that it needs.

        The try is counted, and committed, before the password is looked at: so however many
        guesses come at once, no more than the limit are verified. Known and unknown
        addresses take the same way. While Redis is down nothing is counted, so that nobody
        is locked out for trying again.

        Raises:
            AccountLocked: too many wrong passwords for this address.
            InvalidCredentials: address and password do not belong together.
            RateLimited: too many sign-ins at once.
        """
        await self._sessions.check()
        with self._passwords.admission():
            user = await self._reserve(email, origin.actor(email))
            right = await self._passwords.verify(user and user["password"], password)
            if not right or user is None or user["disabled"]:
                await self._refuse(email, origin)
                raise InvalidCredentials("e-mail address and password do not belong together")
            stronger = None
            if self._passwords.is_weak(user["password"]):
                stronger = await self._passwords.hash(password)
        return await self.admit(user["id"], "password", origin, stronger)

    async def admit(
        self, verified: uuid.UUID, method: Method, origin: Origin, stronger: str | None = None
    ) -> Granted | MfaDue:
        """Start a session for somebody who was verified, or ask for a second factor.

        `stronger` is a better hash of the password that was just given.

        Raises:
            InvalidCredentials: the user was deleted or disabled meanwhile.
        """
        async with self._pool.transaction() as connection:
            user = await self._still_there(connection, verified)
            await repository.clear_attempts(connection, user["email"])
            if stronger is not None:
                await repository.set_password(connection, user["id"], stronger)
                user = {**user, "password": stronger}
            due = await self._second.due(connection, user)
            if due is None:
                return await self.begin(connection, user, origin, method)
            event = Event("sign_in.challenged", user["email"], {"enrol": due.mfa.enrol})
            await audit.record(connection, origin.actor(str(user["id"])), event)
        self._outcomes.labels("challenged").inc()
        return due

    async def challenged(self, connection: Connection, challenge: Challenge) -> Any:
        """Return the user whose sign-in goes on, and who may still begin a session.

        Raises:
            InvalidCredentials: the user was deleted or disabled meanwhile.
            ChallengeEnded: the password was changed meanwhile.
        """
        user = await self._still_there(connection, challenge.user)
        self._second.check(challenge, user)
        return user

    async def is_password(self, email: str, password: str, actor: Actor) -> bool:
        """Say whether a password is the user's; a wrong one counts as a wrong sign-in does.

        Raises:
            AccountLocked: too many wrong passwords for this address.
            RateLimited: too many sign-ins at once.
        """
        with self._passwords.admission():
            user = await self._reserve(email, actor)
            right = await self._passwords.verify(user and user["password"], password)
        if right:
            async with self._pool.transaction() as connection:
                await repository.clear_attempts(connection, email)
        return right

    async def begin(
        self, connection: Connection, user: Any, origin: Origin, method: Method
    ) -> Granted:
        """Start a session for somebody who has brought all that is due."""
        now = datetime.now(UTC)
        session = LiveSession(
            id=str(uuid.uuid4()),
            user=str(user["id"]),
            role=user["role"],
            created_at=now,
            expires_at=now + self._life,
            address=origin.address,
            agent=origin.agent,
        )
        token = self._refresh.first()
        granted = self._granted(session, user["email"], token)
        how = (method, session.address, session.agent)
        await repository.insert_session(
            connection, session.id, session.user, session.expires_at, how
        )
        digest = self._refresh.digest(token)
        await repository.insert_refresh_token(connection, digest, session.id, None)
        detail = {"session": session.id, "method": method}
        event = Event("sign_in.granted", user["email"], detail)
        await audit.record(connection, origin.actor(session.user), event)
        await self._sessions.put(session)
        self._outcomes.labels("granted").inc()
        return granted

    async def refresh(self, token: str, origin: Origin) -> Granted:
        """Continue a session with the next refresh token.

        A token is good for one use. For `GRACE` after it, it gets the same successor again,
        as long as that one is unused: that is a lost answer or two tabs. Any other second
        use is theft and ends the whole session.

        Raises:
            SessionEnded: the token is unknown or used, or its session is over.
        """
        digest = self._refresh.digest(token)
        async with self._pool.transaction() as connection:
            session = await repository.session_of_token(connection, digest)
            if session is None or self._is_over(session):
                raise SessionEnded("the session is over; sign in again")
            state = await repository.token_state(connection, digest)
            if not self._is_reused(state):
                return await self._continue(connection, session, token, state["spent_at"])
            await self._end_for_reuse(connection, session, origin)
        raise SessionEnded("the refresh token was used before; sign in again")

    async def me(self, user: str, session: str) -> schemas.Me:
        """Return who the caller is.

        Raises:
            Unauthenticated: the user was deleted meanwhile.
        """
        row = await repository.user_by_id(self._pool, user)
        if row is None:
            raise Unauthenticated("there is no such user any more")
        return schemas.Me(
            id=row["id"],
            email=row["email"],
            role=row["role"],
            session=uuid.UUID(session),
            mfa=row["mfa"],
            mfa_required=self._second.is_required(row["role"]),
        )

    async def sessions(self, user: str, current: str) -> schemas.SessionPage:
        """Return the user's sessions that have not ended."""
        rows = await repository.list_sessions(self._pool, user, int(self._idle.total_seconds()))
        items = [schemas.Session(**row, current=str(row["id"]) == current) for row in rows]
        return schemas.SessionPage(items=items, next=None)

    async def end_one(self, user: str, session: str, actor: Actor) -> None:
        """End one session of the user.

        Raises:
            NotFound: the user has no such session.
        """
        if not await self.end(user, session, actor):
            raise NotFound("there is no such session")

    async def end(self, user: str, session: str, actor: Actor) -> bool:
        """End a session; False when it had ended already."""
        async with self._pool.transaction() as connection:
            ended = await repository.end_session(connection, user, session)
            if ended:
                await audit.record(connection, actor, Event("session.end", session))
                await self._sessions.end(user, [session])
        return ended

    async def end_all(self, user: str, actor: Actor) -> None:
        """End every session of the user."""
        async with self._pool.transaction() as connection:
            await end_all(connection, self._sessions, user)
            await audit.record(connection, actor, Event("session.end_all", user))

    async def _reserve(self, email: str, actor: Actor) -> Any:
        async with self._pool.transaction() as connection:
            tried = await repository.reserve_attempt(
                connection, email, self._lock_after, self._lock_for
            )
            if tried is not None:
                return await repository.user_by_email(connection, email)
            await audit.record(
                connection, actor, Event("sign_in.locked", email, outcome="refused")
            )
            wait = await repository.locked_for(connection, email)
        self._outcomes.labels("locked").inc()
        raise AccountLocked("too many wrong passwords; try again later", retry_after=wait)

    async def _refuse(self, email: str, origin: Origin) -> None:
        async with self._pool.transaction() as connection:
            await audit.record(
                connection, origin.actor(email), Event("sign_in.refused", email, outcome="refused")
            )
        self._outcomes.labels("refused").inc()

    async def _still_there(self, connection: Connection, verified: uuid.UUID) -> Any:
        user = await repository.user_to_admit(connection, verified)
        if user is None or user["disabled"]:
            raise InvalidCredentials("e-mail address and password do not belong together")
        return user

    def _is_over(self, session: Any) -> bool:
        now = datetime.now(UTC)
        return (
            session["ended_at"] is not None
            or session["disabled"]
            or self._second.is_missing(session["role"], session["method"])
            or session["expires_at"] <= now
            or session["last_seen_at"] + self._idle <= now
        )

    @staticmethod
    def _is_reused(state: Any) -> bool:
        if state["spent_at"] is None:
            return False
        return not state["is_previous"] or state["now"] - state["spent_at"] > GRACE

    async def _continue(
        self, connection: Connection, row: Any, token: str, spent_at: datetime | None
    ) -> Granted:
        successor = self._refresh.successor(token)
        session = LiveSession(
            id=str(row["session_id"]),
            user=str(row["user_id"]),
            role=row["role"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            address=row["address"],
            agent=row["agent"],
        )
        granted = self._granted(session, row["email"], successor)
        if spent_at is None:
            digest = self._refresh.digest(token)
            await repository.spend_token(connection, digest)
            await repository.insert_refresh_token(
                connection, self._refresh.digest(successor), session.id, digest
            )
        await repository.touch_session(connection, session.id)
        await self._sessions.put(session)
        return granted

    async def _end_for_reuse(self, connection: Connection, row: Any, origin: Origin) -> None:
        user, session = str(row["user_id"]), str(row["session_id"])
        await repository.end_session(connection, user, session)
        event = Event("refresh.reused", session, outcome="refused")
        await audit.record(connection, origin.actor(user), event)
        await self._sessions.end(user, [session])

    def _granted(self, session: LiveSession, email: str, token: str) -> Granted:
        signer = self._keys.signer()
        claims = Claims(session.user, session.id, session.role)
        answer = schemas.SignedIn(
            access_token=self._access.issue(claims, signer.kid, signer.private),
            token_type="Bearer",  # noqa: S106 - the scheme's name
            expires_in=self._access.ttl,
            user=schemas.SignedInUser(id=uuid.UUID(session.user), email=email, role=session.role),  # type: ignore[arg-type]
        )
        return Granted(answer, token)


async def end_all(connection: Connection, sessions: Sessions, user: str) -> None:
    """End every session of a user, in the database and at the gateway."""
    await sessions.end(user, await repository.end_sessions(connection, user))
