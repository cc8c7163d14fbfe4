"""What is done with invitations: send, send again, withdraw, accept."""

import uuid
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, MailLinkEnded, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.identity import one_time
from groundplan_backend.identity import repository as users
from groundplan_backend.identity.invitations import repository, schemas
from groundplan_backend.identity.password import known
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import Origin
from groundplan_backend.mail.message import Message
from groundplan_backend.mail.service import Outbox
from groundplan_backend.postgres.pool import Connection, Pool

VALID_FOR: Final = 3 * 86_400.0
"""Seconds that a link works."""
_LISTING: Final = "invitations"
_TEXT: Final = """You are invited to Groundplan as {role}.

Choose a password here, within three days:

{link}

The link works once. If you do not know what this is about, do nothing.
"""


class InvitationService:
    """Invitations, from the administrator who sends one to the person who takes it."""

    def __init__(
        self,
        pool: Pool,
        outbox: Outbox,
        passwords: Passwords,
        idempotency: Idempotency,
        cursors: Cursors,
        public_url: str,
    ) -> None:
        self._pool = pool
        self._outbox = outbox
        self._passwords = passwords
        self._idempotency = idempotency
        self._cursors = cursors
        self._public_url = public_url.rstrip("/")

    async def list(self, query: schemas.InvitationQuery) -> schemas.InvitationPage:
        """Return a page of invitations."""
        after = _place(self._cursors.read(_LISTING, query.after)) if query.after else None
        rows = await repository.list_invitations(self._pool, after, query.limit + 1)
        shown, more = rows[: query.limit], len(rows) > query.limit
        following = self._cursors.write(_LISTING, _key(shown[-1])) if more else None
        return schemas.InvitationPage(items=[_told(row) for row in shown], next=following)

    async def create(self, new: schemas.NewInvitation, key: str | None, actor: Actor) -> bytes:
        """Invite somebody and return the answer as JSON.

        Raises:
            Conflict: the address belongs to a user already.
        """

        async def insert(connection: Connection) -> bytes:
            if await repository.has_user(connection, new.email):
                raise Conflict("a user with this e-mail address exists")
            token, who = one_time.new(), (uuid.uuid4(), new.email, new.role)
            row = await repository.insert(
                connection, who, one_time.digest(token), actor.subject, VALID_FOR
            )
            await self._send(connection, row, token)
            detail: dict[str, object] = {"email": new.email, "role": new.role}
            await audit.record(connection, actor, Event("user.invite", str(row["id"]), detail))
            return reply.encode(_told(row))

        claim = Claim(actor.subject, "POST invitations", key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    async def send_again(self, invitation: UUID, actor: Actor) -> schemas.Invitation:
        """Send another link; the one before ends.

        Raises:
            NotFound: there is no such invitation.
            Conflict: it is accepted or withdrawn.
        """
        token = one_time.new()
        async with self._pool.transaction() as connection:
            digest = one_time.digest(token)
            row = await repository.renew(connection, invitation, digest, actor.subject, VALID_FOR)
            if row is None:
                raise await _ended(connection, invitation)
            await self._send(connection, row, token)
            await audit.record(connection, actor, Event("user.invite_again", str(invitation)))
        return _told(row)

    async def revoke(self, invitation: UUID, actor: Actor) -> None:
        """Withdraw an invitation.

        Raises:
            NotFound: there is no such invitation.
            Conflict: it is accepted or withdrawn.
        """
        async with self._pool.transaction() as connection:
            if not await repository.revoke(connection, invitation):
                raise await _ended(connection, invitation)
            await audit.record(connection, actor, Event("user.invite_revoke", str(invitation)))

    async def accept(
        self, body: schemas.AcceptInvitation, origin: Origin
    ) -> schemas.AcceptedInvitation:
        """Make the user.

        Raises:
            MailLinkEnded: the link works no more.
            PasswordRefused: the password is a known one.
            Conflict: the address has a user meanwhile.
            RateLimited: too many passwords are being hashed.
        """
        digest = one_time.digest(body.token)
        if not await repository.is_open(self._pool, digest):
            raise _over()
        known.check(body.password)
        with self._passwords.admission():
            password = await self._passwords.hash(body.password)
        async with self._pool.transaction() as connection:
            row = await repository.accept(connection, digest)
            if row is None:
                raise _over()
            user = await users.insert_user(
                connection, uuid.uuid4(), row["email"], password, row["role"]
            )
            if user is None:
                raise Conflict("a user with this e-mail address exists")
            detail: dict[str, object] = {"invitation": str(row["id"]), "role": row["role"]}
            event = Event("user.join", str(user["id"]), detail)
            await audit.record(connection, origin.actor(str(user["id"])), event)
        return schemas.AcceptedInvitation(email=row["email"], role=row["role"])

    async def forget(self) -> None:
        """Delete what is older than three months."""
        await repository.forget(self._pool)

    async def _send(self, connection: Connection, row: Any, token: str) -> None:
        # Behind the #, a browser tells the token to no server and no log.
        link = f"{self._public_url}/invitation#{token}"
        text = _TEXT.format(role=row["role"], link=link)
        await self._outbox.put(connection, Message(row["email"], "Invitation", text))


def _over() -> MailLinkEnded:
    return MailLinkEnded("this invitation has expired, was used, or was withdrawn")


async def _ended(connection: Connection, invitation: UUID) -> NotFound | Conflict:
    if await repository.exists(connection, invitation):
        return Conflict("the invitation is accepted or withdrawn already")
    return NotFound("there is no such invitation")


def _told(row: Any) -> schemas.Invitation:
    return schemas.Invitation(
        id=row["id"],
        email=row["email"],
        role=row["role"],
        state=_state(row),
        invited_by=row["invited_by"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )


def _state(row: Any) -> Any:
    if row["accepted_at"] is not None:
        return "accepted"
    if row["revoked_at"] is not None:
        return "revoked"
    return "expired" if row["expired"] else "open"


def _key(row: Any) -> str:
    return f"{row['created_at'].isoformat()} {row['id']}"


def _place(key: str) -> tuple[datetime, UUID]:
    at, _, invitation = key.partition(" ")
    return datetime.fromisoformat(at), UUID(invitation)
