"""Signing keys: sealed in PostgreSQL, published ahead of use, kept in memory.

A new key stands in the key set for `PUBLISH_AHEAD` seconds before it signs, so that every
verifier has seen it; an old one stays until its last token has expired, be that an access token
of minutes or an API token of months. One replica rotates,
the others read. With the database down the keys in memory go on working.
"""

import base64
import itertools
import os
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.identity import repository
from groundplan_backend.identity.schemas import JsonWebKey, JsonWebKeySet
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Secret

PUBLISH_AHEAD: Final = 600
_CLOCK_SKEW: Final = 60
_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key pair and the time from which it signs; `holds` when a live API token needs it."""

    kid: str
    signs_from: datetime
    private: ec.EllipticCurvePrivateKey
    holds: bool = False

    def public(self) -> JsonWebKey:
        """Return the public half."""
        numbers = self.private.public_key().public_numbers()
        return JsonWebKey(
            kty="EC",
            crv="P-256",
            x=_base64url(numbers.x),
            y=_base64url(numbers.y),
            use="sig",
            alg="ES256",
            kid=self.kid,
        )


class KeyRing:
    """The signing keys of all replicas; `rotation` and `token_ttl` are in seconds."""

    def __init__(self, pool: Pool, key: Secret, rotation: int, token_ttl: int) -> None:
        self._pool = pool
        self._seal = AESGCM(bytes.fromhex(key.reveal()))
        self._rotation = timedelta(seconds=rotation)
        self._token_life = timedelta(seconds=token_ttl + _CLOCK_SKEW)
        self._keys: list[SigningKey] = []

    def signer(self) -> SigningKey:
        """Return the key that signs now.

        Raises:
            DependencyUnavailable: no key was read yet.
        """
        now = datetime.now(UTC)
        signing = [key for key in self._keys if key.signs_from <= now]
        if not signing:
            raise DependencyUnavailable("the signing keys are not loaded yet")
        return signing[-1]

    def named(self, kid: str) -> SigningKey:
        """Return the key of this name.

        Raises:
            DependencyUnavailable: it was not read yet.
        """
        found = next((key for key in self._keys if key.kid == kid), None)
        if found is None:
            raise DependencyUnavailable("the signing keys are not loaded yet")
        return found

    def public(self) -> JsonWebKeySet:
        """Return the key set to publish, never an empty one.

        Raises:
            DependencyUnavailable: no key was read yet.
        """
        if not self._keys:
            raise DependencyUnavailable("the signing keys are not loaded yet")
        return JsonWebKeySet(keys=[key.public() for key in self._keys])

    async def refresh(self) -> None:
        """Read the keys, and rotate them if it is time and nobody else is at it.

        Raises:
            DependencyUnavailable: another replica is just making the first key.
        """
        async with self._pool.transaction() as connection:
            keys = await self._read(connection)
            now = datetime.now(UTC)
            if self._is_due(keys, now) and await repository.lock_keys(connection):
                keys = await self._rotate(connection, await self._read(connection), now)
        self._keys = keys or self._keys
        self.public()

    def _is_due(self, keys: list[SigningKey], now: datetime) -> bool:
        if not keys or now >= keys[-1].signs_from + self._rotation - self._ahead:
            return True
        return bool(self._expired(keys, now))

    @property
    def _ahead(self) -> timedelta:
        return timedelta(seconds=PUBLISH_AHEAD)

    def _expired(self, keys: list[SigningKey], now: datetime) -> list[SigningKey]:
        following = itertools.pairwise(keys)
        return [
            old
            for old, new in following
            if not old.holds and new.signs_from + self._token_life < now
        ]

    async def _rotate(
        self, connection: Connection, keys: list[SigningKey], now: datetime
    ) -> list[SigningKey]:
        expired = self._expired(keys, now)
        if expired:
            await repository.delete_keys(connection, [key.kid for key in expired])
        kept = [key for key in keys if key not in expired]
        if not kept or now >= kept[-1].signs_from + self._rotation - self._ahead:
            signs_from = now + self._ahead if kept else now
            kept.append(await self._create(connection, signs_from))
        return kept

    async def _create(self, connection: Connection, signs_from: datetime) -> SigningKey:
        key = SigningKey(secrets.token_hex(8), signs_from, ec.generate_private_key(ec.SECP256R1()))
        der = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._seal.encrypt(nonce, der, key.kid.encode())
        await repository.insert_key(connection, key.kid, sealed, signs_from)
        return key

    async def _read(self, connection: Connection) -> list[SigningKey]:
        known = {key.kid: key for key in self._keys}
        return [
            replace(
                known.get(row["kid"]) or self._open(row["kid"], row["sealed"], row["signs_from"]),
                holds=row["holds"],
            )
            for row in await repository.list_keys(connection)
        ]

    def _open(self, kid: str, sealed: bytes, signs_from: datetime) -> SigningKey:
        der = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], kid.encode())
        private = load_der_private_key(der, password=None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        return SigningKey(kid, signs_from, private)


def _base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")
