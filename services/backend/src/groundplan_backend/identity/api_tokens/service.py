"""What is done with API tokens: make, list, revoke, and tell the gateways which are live."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, Forbidden, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.identity.api_tokens import repository, schemas, signing
from groundplan_backend.identity.api_tokens.live import LiveTokens
from groundplan_backend.identity.api_tokens.repository import TokenRow
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings
from groundplan_contracts.identity import Role

MOST_LIVE: Final = 50
"""Live tokens that one owner may have."""
_LISTING: Final = "api-tokens"
_AT_ONCE: Final = 200
_NEEDS: Final = {
    "delivery:write": Role.OPERATOR,
    "artifacts:write": Role.OPERATOR,
    "audit:read": Role.ADMINISTRATOR,
}


class ApiTokenService:
    """API tokens of people and of services."""

    def __init__(
        self,
        pool: Pool,
        live: LiveTokens,
        keys: KeyRing,
        idempotency: Idempotency,
        cursors: Cursors,
        settings: Settings,
    ) -> None:
        self._pool = pool
        self._live = live
        self._keys = keys
        self._idempotency = idempotency
        self._cursors = cursors
        self._issuer = settings.issuer
        self._audience = settings.audience

    async def list(self, owner: str, query: schemas.ApiTokenQuery) -> schemas.ApiTokenPage:
        """Return a page of somebody's tokens.

        Raises:
            NotFound: there is no such owner.
        """
        if await repository.kind_of(self._pool, owner) is None:
            raise NotFound("there is no such owner of tokens")
        after = _place(self._cursors.read(_LISTING, query.after)) if query.after else None
        rows = await repository.list_tokens(self._pool, owner, after, query.limit + 1)
        shown, more = rows[: query.limit], len(rows) > query.limit
        following = self._cursors.write(_LISTING, _key(shown[-1])) if more else None
        return schemas.ApiTokenPage(items=[_told(row) for row in shown], next=following)

    async def create(
        self, owner: str, kind: str, new: schemas.NewApiToken, key: str | None, actor: Actor
    ) -> schemas.CreatedApiToken:
        """Make a token that is good at every gateway when this returns.

        What is kept under an Idempotency-Key is the listing; the secret is written anew.

        Raises:
            NotFound: there is no such owner of this kind.
            Forbidden: the owner's role could never use a scope.
            Conflict: the owner has too many tokens.
        """

        async def insert(connection: Connection) -> bytes:
            return reply.encode(await self._insert(connection, owner, kind, new, actor))

        route = f"POST tokens {owner}"
        claim = Claim(actor.subject, route, key, reply.encode(new)) if key else None
        made = msgspec.json.decode(
            await self._idempotency.create(claim, insert), type=schemas.ApiToken
        )
        row = await repository.read(self._pool, made.id)
        if row is None:
            raise NotFound("the token was made and is gone again")
        return schemas.CreatedApiToken(token=made, secret=self._secret(row))

    async def revoke(self, owner: str, token: UUID, actor: Actor) -> None:
        """End a token at every gateway.

        Raises:
            NotFound: the owner has no such token that lives.
        """
        async with self._pool.transaction() as connection:
            if not await repository.revoke(connection, owner, token):
                raise NotFound("there is no such token")
            await audit.record(connection, actor, Event("token.revoke", str(token)))
            await self._live.end([str(token)])

    async def revoke_all(self, connection: Connection, owner: str) -> int:
        """End all tokens of somebody, within the change that asks for it; return how many."""
        ended = await repository.revoke_all(connection, owner)
        await self._live.end(ended)
        return len(ended)

    async def publish(self) -> None:
        """Write every live token to Redis again, for Redis may have lost them."""
        last = UUID(int=0)
        while True:
            async with self._pool.transaction() as connection:
                rows = await repository.lock_live(connection, last, _AT_ONCE)
                await self._live.put(rows)
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1]["id"]

    async def forget(self) -> None:
        """Delete tokens that ended long ago."""
        await repository.forget(self._pool)

    async def _insert(
        self,
        connection: Connection,
        owner: str,
        kind: str,
        new: schemas.NewApiToken,
        actor: Actor,
    ) -> schemas.ApiToken:
        user = await repository.owner(connection, owner)
        if user is None or user["kind"] != kind:
            raise NotFound("there is no such owner of tokens")
        _check_scopes(Role.parse(user["role"]), new.scopes)
        if await repository.count_live(connection, owner) >= MOST_LIVE:
            raise Conflict(f"there are {MOST_LIVE} live tokens already; revoke some")
        row = self._row(user, new, actor)
        await repository.insert(connection, row)
        detail: dict[str, object] = {"owner": owner, "name": new.name, "scopes": new.scopes}
        event = Event("token.create", str(row.id), {**detail, "days": new.days})
        await audit.record(connection, actor, event)
        stored = await repository.read(connection, row.id)
        await self._live.put([stored])
        return _told(stored)

    def _row(self, user: Any, new: schemas.NewApiToken, actor: Actor) -> TokenRow:
        now = datetime.now(UTC).replace(microsecond=0)
        return TokenRow(
            id=uuid.uuid4(),
            user_id=user["id"],
            name=new.name,
            scopes=sorted(new.scopes),
            role=user["role"],
            kid=self._keys.signer().kid,
            created_by=_person(actor.subject),
            created_at=now,
            expires_at=now + timedelta(days=new.days),
        )

    def _secret(self, row: Any) -> str:
        grant = signing.Grant(
            id=str(row["id"]),
            user=str(row["user_id"]),
            role=row["role"],
            scopes=row["scopes"],
            issued_at=row["created_at"],
            expires_at=row["expires_at"],
        )
        signer = self._keys.named(row["kid"])
        return signing.sign(grant, self._issuer, self._audience, signer.kid, signer.private)


def _person(subject: str) -> UUID | None:
    """Return who made a token; what a command made, nobody did."""
    try:
        return UUID(subject)
    except ValueError:
        return None


def _check_scopes(role: Role, scopes: list[schemas.Scope]) -> None:
    for scope in scopes:
        least = _NEEDS.get(scope, Role.VIEWER)
        if role < least:
            raise Forbidden(f"the scope {scope} needs the role {least.word}")


def _told(row: Any) -> schemas.ApiToken:
    ended: Any = "expired" if row["expired"] else "live"
    return schemas.ApiToken(
        id=row["id"],
        user=row["user_id"],
        owner=row["owner"],
        name=row["name"],
        scopes=row["scopes"],
        role=row["role"],
        state="revoked" if row["revoked_at"] is not None else ended,
        created_by=row["created_by"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )


def _key(row: Any) -> str:
    return f"{row['created_at'].isoformat()} {row['id']}"


def _place(key: str) -> tuple[datetime, UUID]:
    at, _, token = key.partition(" ")
    return datetime.fromisoformat(at), UUID(token)
