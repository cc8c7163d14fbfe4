"""Sessions as the person sees them, and as the gateway finds them in Redis."""

import contextlib
import uuid
from typing import Any

import redis as redis_client

_SESSIONS = "/api/v1/identity/sessions"
_EMAIL = "operator@groundplan.example"


def _is_live(stack: Any, session: str) -> bool:
    with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
        return bool(redis.exists(f"groundplan:session:{session}"))


def test_the_list_shows_where_sessions_are_from(stack: Any, replica: Any) -> None:
    """The caller's own is marked; others of the same person stand beside it."""
    replica.signed_in(_EMAIL)
    headers = replica.signed_in(_EMAIL)
    with replica.client(headers) as client:
        items = client.get(_SESSIONS).json()["items"]
    (current,) = [item for item in items if item["current"]]
    assert headers["x-groundplan-session"] == current["id"]
    assert 2 <= len(items)
    assert "python-httpx" in current["agent"]
    assert "127.0.0.1" == current["address"]


def test_a_revoked_session_is_refused_at_once(stack: Any, replica: Any) -> None:
    """It is gone from Redis before the answer comes, and cannot be refreshed."""
    other = replica.sign_in(_EMAIL)
    headers = replica.signed_in(_EMAIL)
    with replica.client(headers) as client:
        items = client.get(_SESSIONS).json()["items"]
        session = next(item["id"] for item in items if not item["current"])
        assert 204 == client.delete(f"{_SESSIONS}/{session}").status_code
        assert not _is_live(stack, session)
        assert 404 == client.delete(f"{_SESSIONS}/{session}").status_code
        body = {"refresh_token": other["refresh_token"]}
        assert 401 == client.post("/api/v1/identity/refresh", json=body).status_code


def test_nobody_ends_the_session_of_another(replica: Any, stack: Any) -> None:
    """To others a session does not exist."""
    victim = replica.signed_in("viewer@groundplan.example")
    with replica.client(replica.signed_in(_EMAIL)) as client:
        session = victim["x-groundplan-session"]
        assert 404 == client.delete(f"{_SESSIONS}/{session}").status_code
        assert 404 == client.delete(f"{_SESSIONS}/{uuid.uuid4()}").status_code
    assert _is_live(stack, session)


def test_signing_out_everywhere_ends_all(stack: Any, replica: Any) -> None:
    """Every session of the person, and of nobody else."""
    other = replica.signed_in("viewer@groundplan.example")["x-groundplan-session"]
    mine = [replica.signed_in(_EMAIL) for _ in range(3)]
    with replica.client(mine[0]) as client:
        assert 204 == client.post("/api/v1/identity/sign-out-everywhere").status_code
    assert [False] * 3 == [_is_live(stack, one["x-groundplan-session"]) for one in mine]
    assert _is_live(stack, other)


async def test_signing_in_and_out_is_on_record(stack: Any, replica: Any) -> None:
    """Each event has one row, with who, whence and in which request."""
    headers = {**replica.signed_in(_EMAIL), "x-request-id": "signing-out-1"}
    with replica.client(headers) as client:
        client.post("/api/v1/identity/sign-out")
    rows = await stack.fetch(
        "SELECT action, address, request_id FROM audit_event"
        " WHERE detail->>'session' = $1 OR target = $1 ORDER BY id",
        headers["x-groundplan-session"],
    )
    assert ["sign_in.granted", "session.end"] == [row["action"] for row in rows]
    assert ("127.0.0.1", "signing-out-1") == (rows[1]["address"], rows[1]["request_id"])
