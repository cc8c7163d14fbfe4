"""The provider of sign-ins: found by its issuer, asked for a token, and believed only when signed.

Speaks OpenID Connect's authorization code flow with PKCE (RFC 7636). Every failure is a
ProviderError; its words are for the log, not for the browser.
"""

import asyncio
import base64
import hashlib
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
import msgspec

from groundplan_backend.settings import Secret

_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]
_TIMEOUT: Final = 5.0
_KNOWN_FOR: Final = 3600.0
_LOOK_AGAIN: Final = 30.0
"""Seconds between two looks for a key that is not known."""
_LEEWAY: Final = 30
_LARGEST: Final = 262_144


class ProviderError(Exception):
    """The provider does not answer, or says what cannot be believed."""


class _Discovered(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Answer(msgspec.Struct, frozen=True):
    id_token: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in there; `email` only when the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser that sets out is known by when it comes back."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """One provider. Documents and keys are remembered for an hour."""

    def __init__(self, issuer: str, client: str, secret: Secret | None, redirect: str) -> None:
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._redirect = redirect
        self._discovered: tuple[float, _Discovered] | None = None
        self._keys: tuple[float, jwt.PyJWKSet] | None = None
        self._lock = asyncio.Lock()

    async def address(self, journey: Journey) -> str:
        """Return where the browser has to go.

        Raises:
            ProviderError: the provider cannot be found.
        """
        challenge = hashlib.sha256(journey.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": self._redirect,
            "scope": "openid email",
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        endpoint = (await self._discover()).authorization_endpoint
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def person(self, code: str, journey: Journey) -> Person:
        """Trade the code for who signed in.

        Raises:
            ProviderError: the provider does not answer, or its word does not hold.
        """
        found = await self._discover()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "client_id": self._client,
            "code_verifier": journey.verifier,
        }
        if self._secret is not None:
            form["client_secret"] = self._secret.reveal()
        raw = await self._ask("POST", found.token_endpoint, form)
        token = _read(raw, _Answer).id_token
        return self._believed(await self._claims(token), journey.nonce)

    async def _discover(self) -> _Discovered:
        if self._discovered is None or time.monotonic() - self._discovered[0] > _KNOWN_FOR:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = _read(await self._ask("GET", address), _Discovered)
            if found.issuer != self.issuer:
                raise ProviderError("the document is of another issuer")
            for each in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
                _check_encrypted(each)
            self._discovered = (time.monotonic(), found)
        return self._discovered[1]

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = await self._key(jwt.get_unverified_header(token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=_ALGORITHMS,
                audience=self._client,
                issuer=self.issuer,
                leeway=_LEEWAY,
                options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise ProviderError(f"the token does not hold: {type(error).__name__}") from error
        return claims

    def _believed(self, claims: dict[str, Any], nonce: str) -> Person:
        subject, email = claims["sub"], claims.get("email")
        if claims["nonce"] != nonce:
            raise ProviderError("the token is of another sign-in")
        if claims.get("azp", self._client) != self._client:
            raise ProviderError("the token is for another party")
        if not isinstance(claims["aud"], str) and len(claims["aud"]) > 1 and "azp" not in claims:
            raise ProviderError("the token is for several parties and names none")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise ProviderError("the token names nobody")
        is_known = claims.get("email_verified") is True and isinstance(email, str)
        return Person(self.issuer, subject, email if is_known else None)

    async def _key(self, kid: object) -> jwt.PyJWK:
        async with self._lock:
            age = time.monotonic() - self._keys[0] if self._keys else _KNOWN_FOR
            found = _named(self._keys[1], kid) if self._keys and age < _KNOWN_FOR else None
            if found is None and age >= _LOOK_AGAIN:
                raw = await self._ask("GET", (await self._discover()).jwks_uri)
                keys = jwt.PyJWKSet.from_json(raw.decode())
                self._keys = (time.monotonic(), keys)
                found = _named(keys, kid)
        if found is None:
            raise ProviderError("the token is signed with an unknown key")
        return found

    async def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> bytes:
        _check_encrypted(address)
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client:
                answer = await client.request(method, address, data=form)
        except httpx.HTTPError as error:
            raise ProviderError(f"{method} fails: {type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK or len(answer.content) > _LARGEST:
            raise ProviderError(f"{method} is answered with {answer.status_code}")
        return answer.content


def _named(keys: jwt.PyJWKSet, kid: object) -> jwt.PyJWK | None:
    signing = [key for key in keys.keys if key.public_key_use in (None, "sig")]
    if kid is None:
        return signing[0] if len(signing) == 1 else None
    return next((key for key in signing if key.key_id == kid), None)


def _read(raw: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise ProviderError("the answer is not as described") from error


def _check_encrypted(address: str) -> None:
    parts = urlsplit(address)
    is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise ProviderError("an address is not encrypted")
