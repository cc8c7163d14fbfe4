"""The command that gives the runner of one machine an API token, whatever people must prove.

It has the service's own rights at the database, so it needs no password and no second factor.
The runner has one token at a time: a new one ends those before it.
"""

import contextlib
from typing import Final

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.audit.signing import Signer
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.identity.api_tokens import schemas
from groundplan_backend.identity.api_tokens.live import LiveTokens
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.service_identities import repository
from groundplan_backend.identity.service_identities.schemas import NewServiceIdentity
from groundplan_backend.identity.service_identities.service import ServiceIdentityService
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings

NAME: Final = "runner"
_DAYS: Final = 30
_SCOPES: Final[list[schemas.Scope]] = [
    "artifacts:read",
    "artifacts:write",
    "delivery:read",
    "delivery:write",
]
_ACTOR: Final = Actor(audit.BACKEND, "", "")


async def make(settings: Settings) -> str:
    """Return a new token of the service identity `runner`, which is made where it is missing.

    Raises:
        DependencyUnavailable: PostgreSQL or Redis does not answer.
    """
    audit.sign_with(Signer(settings.key_encryption_key))
    pool = Pool(settings.database_url, 1, settings.statement_timeout_ms)
    live = LiveTokens(settings.redis_url, settings.authority)
    try:
        return await _make(settings, pool, live)
    finally:
        live.close()
        await pool.close()


async def _make(settings: Settings, pool: Pool, live: LiveTokens) -> str:
    key = settings.key_encryption_key
    keys = KeyRing(pool, key, settings.key_rotation, settings.access_token_ttl)
    await keys.refresh()
    kept = Idempotency(pool, key), Cursors(key)
    tokens = ApiTokenService(pool, live, keys, *kept, settings)
    owner = await _runner(pool, ServiceIdentityService(pool, tokens, *kept))
    async with pool.transaction() as connection:
        if ended := await tokens.revoke_all(connection, owner):
            event = Event("token.revoke", owner, {"name": NAME, "tokens": ended})
            await audit.record(connection, _ACTOR, event)
    new = schemas.NewApiToken(name=NAME, scopes=_SCOPES, days=_DAYS)
    made = await tokens.create(owner, "service", new, None, _ACTOR)
    return made.secret


async def _runner(pool: Pool, services: ServiceIdentityService) -> str:
    """Return the id of the identity, making it where it is missing."""
    new = NewServiceIdentity(name=NAME, role="operator")
    with contextlib.suppress(Conflict):
        await services.create(new, None, _ACTOR)
    row = await repository.named(pool, NAME)
    if row is None:
        raise NotFound(f"{NAME} was made and is gone again")
    return str(row["id"])
