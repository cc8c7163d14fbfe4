"""Refresh tokens: rotation, the grace for parallel use, and the end of a stolen family."""

import asyncio
import contextlib
from typing import Any

import httpx
import redis as redis_client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

_REFRESH = "/api/v1/identity/refresh"
_EMAIL = "viewer@groundplan.example"


def _refresh(replica: Any, token: str) -> httpx.Response:
    with replica.client() as client:
        return client.post(_REFRESH, json={"refresh_token": token})


def _live_sessions(stack: Any) -> set[str]:
    with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
        keys = redis.keys("groundplan:session:*")
    return {key.decode().rsplit(":", 1)[1] for key in keys}


def _session_of(answer: dict[str, Any]) -> str:
    import jwt

    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    return str(claims["sid"])


def test_each_refresh_gives_a_new_token_of_the_same_session(replica: Any) -> None:
    """Tokens follow one another; the session stays the same."""
    first = replica.sign_in(_EMAIL)
    second = _refresh(replica, first["refresh_token"]).json()
    third = _refresh(replica, second["refresh_token"]).json()
    tokens = {answer["refresh_token"] for answer in (first, second, third)}
    assert 3 == len(tokens)
    assert {_session_of(first)} == {_session_of(second), _session_of(third)}


async def test_fifty_parallel_refreshes_get_the_same_successor(replica: Any) -> None:
    """However many tabs refresh at once, the family does not branch and nobody is thrown out."""
    token = replica.sign_in(_EMAIL)["refresh_token"]
    body = {"refresh_token": token}
    answers: list[httpx.Response] = []
    async with httpx.AsyncClient(base_url=replica.url, timeout=30) as client:
        for _ in range(5):
            at_once = (client.post(_REFRESH, json=body) for _ in range(10))
            answers += await asyncio.gather(*at_once)
    assert {200} == {answer.status_code for answer in answers}
    successors = {answer.json()["refresh_token"] for answer in answers}
    assert 1 == len(successors)
    assert 200 == _refresh(replica, successors.pop()).status_code


def test_the_first_token_after_the_third_ends_the_family(stack: Any, replica: Any) -> None:
    """The grace is for the immediate predecessor alone, however recent."""
    first = replica.sign_in(_EMAIL)
    second = _refresh(replica, first["refresh_token"]).json()
    third = _refresh(replica, second["refresh_token"]).json()
    assert _session_of(first) in _live_sessions(stack)
    answer = _refresh(replica, first["refresh_token"])
    assert (401, "session_ended") == (answer.status_code, answer.json()["code"])
    assert _session_of(first) not in _live_sessions(stack)
    assert 401 == _refresh(replica, third["refresh_token"]).status_code


async def test_reuse_after_the_grace_ends_the_family_and_is_recorded(
    stack: Any, replica: Any
) -> None:
    """A spent token that turns up later was stolen, from the user or by him."""
    first = replica.sign_in(_EMAIL)
    second = _refresh(replica, first["refresh_token"]).json()
    session = _session_of(first)
    await stack.fetch("UPDATE refresh_token SET spent_at = spent_at - interval '11 seconds'")
    assert 401 == _refresh(replica, first["refresh_token"]).status_code
    assert 401 == _refresh(replica, second["refresh_token"]).status_code
    events = await stack.fetch(
        "SELECT 1 FROM audit_event WHERE action = 'refresh.reused' AND target = $1", session
    )
    assert 1 == len(events)


async def test_only_hashes_of_refresh_tokens_are_stored(stack: Any, replica: Any) -> None:
    """Who reads the database can sign in as nobody."""
    token = replica.sign_in(_EMAIL)["refresh_token"]
    rows = await stack.fetch("SELECT row_to_json(refresh_token)::text AS row FROM refresh_token")
    assert all(token not in row["row"] and len(row["row"]) < 400 for row in rows)


async def test_an_idle_or_expired_session_cannot_be_refreshed(stack: Any, replica: Any) -> None:
    """Both ends of a session are enforced by the server."""
    for column in ("last_seen_at", "expires_at"):
        token = replica.sign_in(_EMAIL)["refresh_token"]
        await stack.fetch(f"UPDATE session SET {column} = {column} - interval '9 hours'")
        assert "session_ended" == _refresh(replica, token).json()["code"]


def test_a_refresh_refills_a_redis_that_lost_everything(stack: Any, replica: Any) -> None:
    """A session lives in PostgreSQL as well; the next refresh puts it back for the gateway."""
    first = replica.sign_in(_EMAIL)
    with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
        redis.flushdb()
        assert 200 == _refresh(replica, first["refresh_token"]).status_code
        key = f"groundplan:session:{_session_of(first)}"
        fields = {name.decode() for name in redis.hgetall(key)}
        lifetime = redis.ttl(key)
    expected = {"user", "role", "created", "last_seen", "address", "agent", "family"}
    assert expected == fields
    assert 28_700 < lifetime <= 28_800


def test_a_made_up_token_is_refused(replica: Any) -> None:
    """A token of the right shape that was never issued is worth nothing."""
    assert "session_ended" == _refresh(replica, "A" * 43).json()["code"]
    with replica.client() as client:
        assert 401 == client.post(_REFRESH).status_code


def test_no_order_of_refreshes_revives_an_old_token(replica: Any) -> None:
    """Whatever the order of uses, only the newest token and its predecessor ever work."""

    class Family(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.tokens = [replica.sign_in(_EMAIL)["refresh_token"]]
            self.alive = True

        @rule()
        @precondition(lambda self: self.alive)
        def use_the_newest(self) -> None:
            answer = _refresh(replica, self.tokens[-1])
            assert 200 == answer.status_code
            self.tokens.append(answer.json()["refresh_token"])

        @rule()
        @precondition(lambda self: self.alive and len(self.tokens) > 1)
        def use_the_one_before(self) -> None:
            answer = _refresh(replica, self.tokens[-2])
            assert self.tokens[-1] == answer.json()["refresh_token"]

        @rule(back=st.integers(3, 6))
        @precondition(lambda self: len(self.tokens) > 2)
        def use_an_old_one(self, back: int) -> None:
            token = self.tokens[max(0, len(self.tokens) - back)]
            assert 401 == _refresh(replica, token).status_code
            self.alive = False

        @rule()
        @precondition(lambda self: not self.alive)
        def nothing_revives(self) -> None:
            assert {401} == {_refresh(replica, token).status_code for token in self.tokens}

    run_state_machine_as_test(
        Family,
        settings=settings(
            max_examples=8,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
