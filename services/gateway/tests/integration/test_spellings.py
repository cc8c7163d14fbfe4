"""However a protected path is spelled, nobody reaches it without a token (ASVS 8, checks E3)."""

import pytest

USERS = "/api/v1/identity/users"
SPELLINGS = [
    "/api/v1/identity/users",
    "/api/v1/identity/users/",
    "/api/v1/identity/users//",
    "//api/v1/identity/users",
    "///api///v1///identity///users",
    "/api//v1/identity/users",
    "/./api/v1/identity/users",
    "/api/./v1/identity/users",
    "/api/v1/identity/./users",
    "/api/v1/identity/users/.",
    "/api/v1/identity/users/..",
    "/api/v1/identity/jwks/../users",
    "/api/v1/identity/jwks/./../users",
    "/api/v1/identity/jwks/%2e%2e/users",
    "/api/v1/identity/jwks/%2E%2E/users",
    "/api/v1/identity/jwks/.%2e/users",
    "/api/v1/identity/jwks/%2e./users",
    "/api/v1/identity/jwks/..%2fusers",
    "/api/v1/identity/jwks/..%2Fusers",
    "/api/v1/identity/jwks%2f..%2fusers",
    "/api/v1/identity/jwks/..%5cusers",
    "/api/v1/identity/jwks/..%5Cusers",
    "/api/v1/identity/jwks/..\\users",
    "/api/v1/identity/jwks\\..\\users",
    "/api/v1/identity/jwks/..;/users",
    "/api/v1/identity/jwks;/../users",
    "/api/v1/identity/jwks/%252e%252e/users",
    "/api/v1/identity/jwks/%252e%252e%252fusers",
    "/api/v1/identity/jwks/%c0%ae%c0%ae/users",
    "/api/v1/identity/jwks/%e0%80%ae%e0%80%ae/users",
    "/api/v1/identity/jwks/%u002e%u002e/users",
    "/api/v1/identity/jwks/%ef%bc%8e%ef%bc%8e/users",
    "/api/docs/../v1/identity/users",
    "/api/docs/%2e%2e/v1/identity/users",
    "/api/docs/..;/v1/identity/users",
    "/api/docs/..%00/v1/identity/users",
    "/api/v1/openapi.json/../identity/users",
    "/api/v1/openapi.json/..%2fidentity/users",
    "/API/V1/IDENTITY/USERS",
    "/Api/v1/identity/users",
    "/api/V1/identity/users",
    "/api/v1/Identity/Users",
    "/api/v1/identity/USERS",
    "/%61pi/v1/identity/users",
    "/api/v1/identity/%75sers",
    "/api/v1/%69dentity/users",
    "/api/v1/identity/users%20",
    "/api/v1/identity/users%00",
    "/api/v1/identity/users%0a",
    "/api/v1/identity/users%0d%0aX:y",
    "/api/v1/identity/users%3f",
    "/api/v1/identity/users%23",
    "/api/v1/identity/users;a=b",
    "/api/v1/identity/users?x=/api/docs",
    "/api/v1/identity/users#/api/docs",
    "/api/v1/identity/users.json",
    "/api/docs?/../v1/identity/users",
    "/api/v1/identity%2fusers",
    "/api%2fv1%2fidentity%2fusers",
    "/api/v1/identity/us%65rs/",
    "/api/v1/identity/users/%2e",
    "http://elsewhere/api/v1/identity/users",
    "http://elsewhere/api/docs/../v1/identity/users",
]


def reaches_users(seen):
    """Say whether a service that reads paths kindly would take this for the users."""
    path = seen.target.partition("?")[0].lower()
    return "users" in path and "docs?" not in seen.target


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_opens_the_path(stack, spelling, method):
    """Without a token no spelling and no method reaches the service."""
    before = len(stack.seen)
    request = f"{method} {spelling} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    status = stack.raw(request.encode("latin-1"))
    assert not [seen for seen in stack.seen[before:] if reaches_users(seen)]
    assert status in (400, 401, 404, 405) or not stack.seen[before:] or "docs?" in spelling


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_weakens_the_rule(stack, spelling):
    """A viewer's token reaches administrators' paths in no spelling."""
    before = len(stack.seen)
    request = f"GET {spelling} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    request += f"Authorization: Bearer {stack.issuer.token()}\r\n\r\n"
    stack.raw(request.encode("latin-1"))
    served = [seen.target.partition("?")[0] for seen in stack.seen[before:]]
    # What is served under a viewer's rule must be another resource for the service, too.
    assert [path for path in served if path.rstrip("/").lower() == USERS] == []
    assert [path for path in served if any(sign in path for sign in ("%", "..", ";"))] == []


def test_the_plain_path_is_served(stack):
    """The same check sees a request that does come through."""
    before = len(stack.seen)
    token = stack.issuer.token(role="administrator")
    assert stack.get(USERS, token=token).status == 200
    assert [seen for seen in stack.seen[before:] if reaches_users(seen)]


def test_there_are_enough_spellings():
    """At least forty different spellings are tried."""
    assert len(set(SPELLINGS)) >= 40
