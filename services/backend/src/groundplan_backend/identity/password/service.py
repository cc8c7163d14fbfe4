"""A person's own password: changed with the old one, reset with a link from a mail."""

import uuid
from typing import Any, Final

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import (
    AccountLocked,
    Conflict,
    InvalidProof,
    MailLinkEnded,
    Unauthenticated,
)
from groundplan_backend.identity import one_time
from groundplan_backend.identity import repository as users
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.devices.service import end_others
from groundplan_backend.identity.password import known, mails, repository, schemas
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import Origin, end_all
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.mail.service import Outbox
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings

VALID_FOR: Final = 30 * 60.0
"""Seconds that a link works."""
MOST_AN_HOUR: Final = 3
"""Links that one person is sent in an hour; who asks more often is not told."""


class PasswordService:
    """Changes and resets passwords."""

    def __init__(
        self,
        pool: Pool,
        sessions: Sessions,
        tokens: ApiTokenService,
        passwords: Passwords,
        outbox: Outbox,
        settings: Settings,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._tokens = tokens
        self._passwords = passwords
        self._outbox = outbox
        self._public_url = settings.public_url.rstrip("/")
        self._lock_after = settings.lock_after
        self._lock_for = settings.lock_for

    async def change(
        self, user: str, session: str, body: schemas.PasswordChange, actor: Actor
    ) -> None:
        """Change the password and end all sessions but this one.

        A wrong guess is counted like one at the sign-in, before it is looked at.

        Raises:
            AccountLocked: there were too many wrong guesses.
            InvalidProof: the current password is another one.
            PasswordRefused: the new one is known.
            Conflict: it was changed meanwhile.
        """
        await self._sessions.check()
        with self._passwords.admission():
            person = await self._reserve(user)
            if not await self._passwords.verify(person["password"], body.current):
                await self._refuse(user, actor)
                raise InvalidProof("the current password is another one")
            known.check(body.new, person["email"])
            changed = await self._passwords.hash(body.new)
        async with self._pool.transaction() as connection:
            if not await repository.set_password(connection, user, person["password"], changed):
                raise Conflict("the password was changed meanwhile")
            await users.clear_attempts(connection, person["email"])
            await end_others(connection, self._sessions, user, session)
            await audit.record(connection, actor, Event("password.change", user))
            await self._outbox.put(connection, mails.changed(person["email"], self._public_url))

    async def request_reset(self, email: str, origin: Origin) -> None:
        """Note that a reset is asked for; what follows is the same for every address."""
        whence = (origin.address, origin.request_id)
        await repository.insert_request(self._pool, uuid.uuid4(), email, whence)

    async def reset(self, body: schemas.PasswordReset, origin: Origin) -> None:
        """Set the password; all sessions and API tokens of the person end.

        Raises:
            MailLinkEnded: the link works no more.
            PasswordRefused: the password is known.
        """
        digest = one_time.digest(body.token)
        owner = await repository.is_open(self._pool, digest)
        if owner is None:
            raise _over()
        known.check(body.password, owner["email"])
        with self._passwords.admission():
            password = await self._passwords.hash(body.password)
        async with self._pool.transaction() as connection:
            user = await repository.use(connection, digest)
            person = await repository.lock_user(connection, user) if user else None
            if person is None or person["disabled"]:
                raise _over()
            await self._replace(connection, person, password, origin)

    async def answer_requests(self) -> None:
        """Send a link to each person who asked; to unknown addresses nothing is sent."""
        while await self._answer_one():
            pass

    async def forget(self) -> None:
        """Delete requests and links of days past."""
        await repository.forget(self._pool)

    async def _reserve(self, user: str) -> Any:
        async with self._pool.transaction() as connection:
            person = await repository.user(connection, user)
            if person is None:
                raise Unauthenticated("there is no such user any more")
            tried = await users.reserve_attempt(
                connection, person["email"], self._lock_after, self._lock_for
            )
            if tried is not None:
                return person
            wait = await users.locked_for(connection, person["email"])
        raise AccountLocked("too many wrong passwords; try again later", retry_after=wait)

    async def _refuse(self, user: str, actor: Actor) -> None:
        async with self._pool.transaction() as connection:
            await audit.record(
                connection, actor, Event("password.change_refused", user, outcome="refused")
            )

    async def _replace(
        self, connection: Connection, person: Any, password: str, origin: Origin
    ) -> None:
        user, email = str(person["id"]), person["email"]
        await repository.replace_password(connection, user, password)
        await users.clear_attempts(connection, email)
        event = Event("password.reset", user)
        await audit.record(connection, origin.actor(user), event)
        await self._outbox.put(connection, mails.changed(email, self._public_url))
        await end_all(connection, self._sessions, user)
        await self._tokens.revoke_all(connection, user)

    async def _answer_one(self) -> bool:
        async with self._pool.transaction() as connection:
            request = await repository.take_request(connection)
            if request is None:
                return False
            await repository.handled(connection, request["id"])
            person = await users.user_by_email(connection, request["email"])
            actor = Actor(request["email"], request["address"], request["request_id"])
            await audit.record(
                connection, actor, Event("password.reset_request", request["email"])
            )
            if person is not None and not person["disabled"]:
                await self._send_link(connection, person)
        return True

    async def _send_link(self, connection: Connection, person: Any) -> None:
        # Held, so that replicas that answer two requests of one person count one after the other.
        await repository.lock_user(connection, person["id"])
        if await repository.recent(connection, person["id"]) >= MOST_AN_HOUR:
            return
        token = one_time.new()
        digest = one_time.digest(token)
        await repository.insert_reset(connection, digest, person["id"], VALID_FOR)
        letter = mails.reset(person["email"], self._public_url, token)
        await self._outbox.put(connection, letter)


def _over() -> MailLinkEnded:
    return MailLinkEnded("this link has expired, was used, or was withdrawn")
