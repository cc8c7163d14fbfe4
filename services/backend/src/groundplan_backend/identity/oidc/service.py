"""What is done with a provider of sign-ins: set out, come back, link, unlink.

Nobody is linked by his address: who can sign in here links himself, with a fresh proof. What a
browser comes to know of a failure is one word in the address of the page that it lands on.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import InvalidCredentials, NotFound
from groundplan_backend.identity import one_time
from groundplan_backend.identity.factors.schemas import MfaDue
from groundplan_backend.identity.oidc import repository, schemas
from groundplan_backend.identity.oidc.cookie import VALID_FOR
from groundplan_backend.identity.oidc.provider import Journey, Person, Provider, ProviderError
from groundplan_backend.identity.service import IdentityService, Origin
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret

_NONCE: Final = 12
_log: Final = structlog.get_logger("backend.oidc")


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser has to go, and what its cookie has to hold."""

    location: str
    state: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Which page of the console the browser lands on, and the session that it brings."""

    location: str
    refresh_token: str | None = None


class OidcService:
    """Signs people in who are linked to the provider; `provider` None turns it off."""

    def __init__(
        self,
        pool: Pool,
        provider: Provider | None,
        identity: IdentityService,
        key: Secret,
        name: str,
    ) -> None:
        self._pool = pool
        self._provider = provider
        self._identity = identity
        self._seal = AESGCM(hashlib.sha256(b"oidc:" + key.reveal().encode()).digest())
        self._name = name

    def provider(self) -> schemas.OidcProvider:
        """Tell whether there is a provider, and its name."""
        enabled = self._provider is not None
        return schemas.OidcProvider(enabled=enabled, name=self._name if enabled else None)

    async def begin(self, user: str | None) -> Begun:
        """Set out to sign in, or to link `user`.

        Raises:
            NotFound: no provider is set, or it cannot be found.
        """
        provider = self._set()
        journey = Journey(one_time.new(), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        try:
            location = await provider.address(journey)
        except ProviderError as error:
            _log.warning("provider failed", error=str(error))
            raise NotFound("the provider cannot be reached; try again later") from error
        digest, nonce = one_time.digest(journey.state), os.urandom(_NONCE)
        sealed = nonce + self._seal.encrypt(nonce, msgspec.json.encode(journey), digest)
        await repository.insert_sign_in(self._pool, digest, sealed, user, float(VALID_FOR))
        return Begun(location, journey.state)

    async def finish(self, back: schemas.OidcCallback, held: str | None, origin: Origin) -> Ended:
        """Come back: sign in or link.

        Raises:
            NotFound: no provider is set.
        """
        provider = self._set()
        state = back.state or ""
        if not held or not hmac.compare_digest(state.encode(), held.encode()):
            return _failed("ended")
        digest = one_time.digest(state)
        row = await repository.take_sign_in(self._pool, digest)
        if row is None:
            return _failed("ended")
        if not back.code:
            return _failed("refused")
        try:
            person = await provider.person(back.code, self._journey(row, digest))
        except ProviderError as error:
            _log.warning("provider failed", error=str(error))
            return _failed("failed")
        if row["user_id"] is not None:
            return await self._link(row["user_id"], person, origin)
        return await self._sign_in(person, origin)

    async def links(self, user: str) -> schemas.OidcLinks:
        """Return who a person is at the provider."""
        rows = await repository.list_links(self._pool, user)
        return schemas.OidcLinks(items=[schemas.OidcLink(**row) for row in rows], next=None)

    async def unlink(self, user: str, actor: Actor) -> None:
        """Unlink a person.

        Raises:
            NotFound: no provider is set, or he is not linked.
        """
        issuer = self._set().issuer
        async with self._pool.transaction() as connection:
            subject = await repository.delete_link(connection, user, issuer)
            if subject is None:
                raise NotFound("you are not linked")
            detail: dict[str, object] = {"issuer": issuer, "subject": subject}
            await audit.record(connection, actor, Event("oidc.unlink", user, detail))

    async def forget(self) -> None:
        """Delete sign-ins that nobody came back from."""
        await repository.forget(self._pool)

    def _set(self) -> Provider:
        if self._provider is None:
            raise NotFound("no provider of sign-ins is set")
        return self._provider

    def _journey(self, row: Any, digest: bytes) -> Journey:
        sealed = row["sealed"]
        words = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest)
        return msgspec.json.decode(words, type=Journey)

    async def _link(self, user: Any, person: Person, origin: Origin) -> Ended:
        async with self._pool.transaction() as connection:
            linked = await repository.insert_link(
                connection, person.issuer, person.subject, user, person.email
            )
            detail: dict[str, object] = {"issuer": person.issuer, "subject": person.subject}
            action = "oidc.link" if linked else "oidc.link_refused"
            outcome = "done" if linked else "refused"
            event = Event(action, str(user), detail, outcome=outcome)
            await audit.record(connection, origin.actor(str(user)), event)
        return Ended(f"/security?{urlencode({'oidc': 'linked' if linked else 'taken'})}")

    async def _sign_in(self, person: Person, origin: Origin) -> Ended:
        user = await repository.linked_user(self._pool, person.issuer, person.subject)
        if user is None:
            await self._refuse(person, origin)
            return _failed("unknown")
        try:
            granted = await self._identity.admit(user, "oidc", origin)
        except InvalidCredentials:
            await self._refuse(person, origin)
            return _failed("unknown")
        if isinstance(granted, MfaDue):
            due = msgspec.json.encode(granted.mfa).decode()
            # Behind the #, a browser tells the challenge to no server and no log.
            return Ended(f"/sign-in#{urlencode({'mfa': due})}")
        return Ended("/", granted.refresh_token)

    async def _refuse(self, person: Person, origin: Origin) -> None:
        async with self._pool.transaction() as connection:
            detail: dict[str, object] = {"issuer": person.issuer}
            event = Event("sign_in.refused", person.subject, detail, outcome="refused")
            await audit.record(connection, origin.actor(person.subject), event)


def _failed(word: str) -> Ended:
    return Ended(f"/sign-in?{urlencode({'oidc': word})}")
