"""The runner of one machine gets a token that may deliver and nothing else."""

from typing import Any

import jwt
import pytest

SCOPE = "artifacts:read artifacts:write delivery:read delivery:write"


def _claims(stack: Any) -> dict[str, Any]:
    ended = stack.command("runner-token")
    assert 0 == ended.returncode, ended.stderr
    found: dict[str, Any] = jwt.decode(ended.stdout.strip(), options={"verify_signature": False})
    return found


@pytest.fixture
def administrator(replica: Any) -> Any:
    """Return a client of the first administrator."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        yield client


async def test_each_ends_the_one_before(stack: Any, replica: Any, administrator: Any) -> None:
    """There is one identity with one live token, and the audit record knows of all of it."""
    first, second = _claims(stack), _claims(stack)
    assert (SCOPE, "operator") == (second["scope"], second["role"])
    assert first["sub"] == second["sub"]
    services = administrator.get("/api/v1/identity/service-identities").json()["items"]
    assert [("runner", 1)] == [(each["name"], each["tokens"]) for each in services]
    rows = await stack.fetch(
        "SELECT action FROM audit.event WHERE actor = 'backend' ORDER BY at, action"
    )
    actions = [row["action"] for row in rows]
    assert 1 == actions.count("service_identity.create")
    assert 2 == actions.count("token.create")
    assert 1 == actions.count("token.revoke")


def test_a_deleted_identity_is_made_anew(stack: Any, replica: Any, administrator: Any) -> None:
    """The token of the one before ends with it."""
    owner = _claims(stack)["sub"]
    path = f"/api/v1/identity/service-identities/{owner}"
    assert 204 == administrator.delete(path).status_code
    assert owner != _claims(stack)["sub"]


def test_without_a_database_it_says_so(stack: Any) -> None:
    """The exit code is 5: not ready."""
    stack.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/none"
    ended = stack.command("runner-token")
    assert (5, "") == (ended.returncode, ended.stdout)
    assert "the database does not answer" in ended.stderr
