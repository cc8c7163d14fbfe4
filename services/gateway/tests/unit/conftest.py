"""What unit tests of the authorisation service share: a policy, tokens and fakes of the server."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from groundplan_contracts.identity import Role
from groundplan_gateway import policy
from groundplan_gateway.policy import Policy
from groundplan_gateway.token import Claims

RULES: list[dict[str, Any]] = [
    {"path": "/api/v1", "roles": {"read": "viewer", "write": "operator"}},
    {
        "path": "/api/v1/identity/users",
        "roles": {"read": "administrator", "write": "administrator"},
    },
    {"path": "/api/v1/openapi.json", "auth": "none"},
    {"path": "/api/v1/identity/sign-in", "auth": "none", "when_cache_is_down": "refuse"},
    {"path": "/api/v1/alerts", "auth": "none", "when_cache_is_down": "all"},
    {"path": "/api/docs", "auth": "none", "limit": None},
    {
        "path": "/api/leased",
        "roles": {"read": "viewer", "write": "operator"},
        "limit": {"requests": 10000, "per_seconds": 60},
        "lease": {"reads": 100, "milliseconds": 100},
    },
    {"path": "/api/exact", "auth": "none", "match": "exact"},
]
DEFAULTS = {
    "service": "backend",
    "match": "prefix",
    "auth": "required",
    "limit": {"requests": 5, "per_seconds": 60},
    "when_cache_is_down": "reads",
}


def document(**changes: Any) -> bytes:
    rules = [{**DEFAULTS, "id": f"backend:{rule['path']}", **rule} for rule in RULES]
    limits = {"local_requests": 100, "local_per_seconds": 60}
    whole = {"gateway_prefix": "x-groundplan", "rules": rules, "limits": limits}
    return json.dumps({**whole, **changes}).encode()


@pytest.fixture
def policy_text() -> Callable[..., bytes]:
    """Return what writes a policy file; keywords replace its parts."""
    return document


@pytest.fixture(scope="session")
def rules() -> Policy:
    """A policy with a rule of every kind."""
    return policy.parse(document())


@pytest.fixture
def viewer() -> Claims:
    """A caller who may only read."""
    return Claims(subject="somebody", session="a-session", role=Role.VIEWER)


def encoded(part: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.fixture
def token() -> Callable[..., tuple[str, str]]:
    """Return what makes an Authorization header and the payload that Envoy would hand on."""

    def made(header: Mapping[str, Any] | None = None, **changes: Any) -> tuple[str, str]:
        head = {"alg": "ES256", "typ": "at+jwt", "kid": "k", **(header or {})}
        claims = {"sub": "somebody", "sid": "a-session", "role": "viewer"}
        claims |= {"iat": 1, "nbf": 1, "exp": 2, **changes}
        payload = encoded({name: value for name, value in claims.items() if value is not None})
        return f"Bearer {encoded(head)}.{payload}.signature", payload

    return made


class Scope:
    """A request, as the server hands it over."""

    def __init__(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        self.method = method
        self.path = path
        self.headers = dict(headers)


class Response:
    """Keeps what it is told to answer."""

    status = 0
    body = b""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Keep an answer without a body."""
        self.status, self.headers = status, dict(headers)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Keep an answer with a body."""
        self.status, self.headers, self.body = status, dict(headers), body


@pytest.fixture
def scope() -> type[Scope]:
    """The fake of a request."""
    return Scope


@pytest.fixture
def response() -> Response:
    """The fake of a way back."""
    return Response()
