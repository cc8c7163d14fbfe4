"""Keeps channels: who is told of incidents, and where."""

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import UNSET

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, InvalidRequest, NotFound
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.incidents import channel_repository as repository
from groundplan_backend.incidents import channel_schemas as schemas
from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.incidents.tell import Teller
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.webhooks.address import Addresses as Judge
from groundplan_backend.webhooks.address import AddressRefused
from groundplan_contracts.problem import FieldError

MOST: Final = 50
_LISTING: Final = "channels"
_MAIL: Final = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}")


class ChannelService:
    """Who is told of incidents."""

    def __init__(
        self,
        pool: Pool,
        idempotency: Idempotency,
        cursors: Cursors,
        judge: Judge,
        addresses: Addresses,
        teller: Teller,
    ) -> None:
        self._pool = pool
        self._idempotency = idempotency
        self._cursors = cursors
        self._judge = judge
        self._addresses = addresses
        self._teller = teller

    async def channels(self, query: schemas.ChannelQuery) -> schemas.ChannelPage:
        """Return a page of channels, by name."""
        after = self._cursors.read(_LISTING, query.after) if query.after else ""
        rows = await repository.list_channels(self._pool, after, query.limit + 1)
        items = [schemas.Channel(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(_LISTING, items[-1].name) if more else None
        return schemas.ChannelPage(items=items, next=following)

    async def channel(self, channel: UUID) -> schemas.Channel:
        """Return one channel.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.connection() as connection:
            return await _read(connection, channel)

    async def create(self, new: schemas.NewChannel, key: str | None, actor: Actor) -> bytes:
        """Make a channel and return it as JSON.

        Raises:
            InvalidRequest: nothing may be sent there.
            Conflict: the name is taken, or there are as many as there may be.
        """
        self._check(new.kind, new.target)

        async def insert(connection: Connection) -> bytes:
            if await repository.count(connection) >= MOST:
                raise Conflict(f"there may be {MOST} channels")
            channel = uuid.uuid4()
            sealed = self._addresses.sealed(channel, new.target)
            shown = _shown(new.kind, new.target)
            row = (channel, new.name, new.kind, shown, sealed, new.severities, actor.subject)
            await repository.insert(connection, row)
            detail = {"name": new.name, "kind": new.kind, "target": shown}
            await audit.record(connection, actor, Event("channel.create", str(channel), detail))
            return reply.encode(await _read(connection, channel))

        # The body is only digested: the address in it stands nowhere unsealed.
        claim = Claim(actor.subject, "POST channels", key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    async def change(
        self,
        channel: UUID,
        change: schemas.ChannelChange,
        headers: dict[bytes, bytes],
        actor: Actor,
    ) -> schemas.Channel:
        """Change what is given.

        Raises:
            NotFound: there is no such channel.
            InvalidRequest: nothing may be sent there.
            Conflict: the name is taken.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            row = await _locked(connection, channel, headers)
            before = {name: row[name] for name in ("name", "severities", "enabled")}
            after = {**before, **_given(change, before)}
            shown, sealed = self._address(row, change)
            written = (
                channel,
                after["name"],
                shown,
                sealed,
                after["severities"],
                after["enabled"],
            )
            await repository.update(connection, written)
            event = Event(
                "channel.update",
                str(channel),
                before={**before, "target": row["shown"]},
                after={**after, "target": shown},
            )
            await audit.record(connection, actor, event)
            return await _read(connection, channel)

    async def delete(self, channel: UUID, headers: dict[bytes, bytes], actor: Actor) -> None:
        """Delete a channel and what waits for it.

        Raises:
            NotFound: there is none.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            row = await _locked(connection, channel, headers)
            await repository.delete(connection, channel)
            detail = {"name": row["name"]}
            await audit.record(connection, actor, Event("channel.delete", str(channel), detail))

    async def test(self, channel: UUID, actor: Actor) -> schemas.Channel:
        """Queue a message that says that it is a test.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.transaction() as connection:
            row = await _locked(connection, channel, {})
            await self._teller.send(connection, row, self._teller.trial(datetime.now(UTC)))
            await audit.record(connection, actor, Event("channel.test", str(channel)))
            return await _read(connection, channel)

    def _address(self, row: Any, change: schemas.ChannelChange) -> tuple[str, bytes]:
        """Return an address as it is shown and as it is kept, the new one if there is one."""
        if not isinstance(change.target, str):
            return row["shown"], row["sealed"]
        self._check(row["kind"], change.target)
        sealed = self._addresses.sealed(row["id"], change.target)
        return _shown(row["kind"], change.target), sealed

    def _check(self, kind: str, target: str) -> None:
        if kind == "mail":
            if _MAIL.fullmatch(target) is None:
                raise _refused("must be a mail address")
            return
        try:
            self._judge.check(target)
        except (AddressRefused, ValueError) as error:
            raise _refused(str(error)) from error


def _given(change: schemas.ChannelChange, names: Iterable[str]) -> dict[str, Any]:
    found = {name: getattr(change, name) for name in names}
    return {name: value for name, value in found.items() if value is not UNSET}


async def _locked(connection: Connection, channel: UUID, headers: dict[bytes, bytes]) -> Any:
    row = await repository.lock(connection, channel)
    if row is None:
        raise NotFound("there is no such channel")
    precondition.check(headers, row["revision"])
    return row


async def _read(connection: Connection, channel: UUID) -> schemas.Channel:
    row = await repository.read(connection, channel)
    if row is None:
        raise NotFound("there is no such channel")
    return schemas.Channel(**row)


def _shown(kind: str, target: str) -> str:
    """Return an address as it is shown: of a secret one the host only."""
    return target if kind == "mail" else f"https://{urlsplit(target).hostname}/…"


def _refused(words: str) -> InvalidRequest:
    return InvalidRequest("the body is not as described", errors=[FieldError("target", words)])
