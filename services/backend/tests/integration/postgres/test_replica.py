"""Lists are read from a real streaming replica, and everybody sees what he wrote himself."""

import asyncio
import contextlib
import os
import signal
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg

from groundplan_backend.app import PUBLISHED
from groundplan_backend.http.operation import handlers_of

_USERS = "/api/v1/identity/users"
_REPLICATED = [
    operation.path
    for controller in PUBLISHED
    for operation, _ in handlers_of(controller)
    if operation.replicated
]


def _people(client: Any) -> set[str]:
    answer = client.get(_USERS, params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return {user["email"] for user in answer.json()["items"]}


def _add(client: Any, password: str) -> str:
    email = f"{uuid.uuid4().hex[:8]}@groundplan.example"
    body = {"email": email, "password": password, "role": "viewer"}
    assert client.post(_USERS, json=body).status_code == 201
    return email


async def _following(standby: Any) -> None:
    """Wait until the replica hears from its source."""
    for _ in range(400):
        with contextlib.suppress(asyncpg.CannotConnectNowError):
            if await standby.run("SELECT count(*) > 0 FROM pg_stat_wal_receiver"):
                return
        await asyncio.sleep(0.05)
    raise TimeoutError("the replica does not follow")


def _signal(server: Any, number: signal.Signals) -> None:
    """Freeze or thaw a server with every process of its connections."""
    process = server.process.pid
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for one in (process, *map(int, children)):
        os.kill(one, number)


async def test_who_wrote_reads_it_and_others_read_the_replica(
    stack: Any, standby: Any, password: str, until: Callable[..., Any]
) -> None:
    """Who wrote never reads a replica that lags, others do; nobody waits for one that is away."""
    await _following(standby)
    first = stack.replica(DATABASE_REPLICA_URL=standby.url)
    second = stack.replica(DATABASE_REPLICA_URL=standby.url)
    writer = first.signed_in("administrator@groundplan.example")
    other = first.signed_in("administrator@groundplan.example")
    with first.client(writer) as here, second.client(writer) as there, second.client(other) as he:
        before = _people(he)
        await standby.run("SELECT pg_wal_replay_pause()")
        email = _add(here, password)
        assert email in _people(here)
        assert email in _people(there)
        assert before == _people(he)
        await standby.run("SELECT pg_wal_replay_resume()")
        until(lambda: email in _people(he))
        # Frozen: it takes connections and never answers.
        _signal(standby.server, signal.SIGSTOP)
        late = _add(here, password)
        assert late in _people(here)
        assert late in _people(he)
        _signal(standby.server, signal.SIGCONT)
        standby.server.stop()
        assert late in _people(he)


async def test_every_list_that_a_replica_may_answer_is_answered_there(
    stack: Any, standby: Any
) -> None:
    """They answer while the primary is frozen, and others do not."""
    await _following(standby)
    running = stack.replica(DATABASE_REPLICA_URL=standby.url, REQUEST_TIMEOUT_MS="2000")
    headers = running.as_caller("administrator", str(uuid.uuid4()))
    with running.client(headers) as client:
        assert [200] * len(_REPLICATED) == [client.get(path).status_code for path in _REPLICATED]
        _signal(stack.postgres, signal.SIGSTOP)
        try:
            found = {path: client.get(path).status_code for path in _REPLICATED}
            deployments = client.get("/api/v1/delivery/deployments").status_code
        finally:
            _signal(stack.postgres, signal.SIGCONT)
    assert dict.fromkeys(_REPLICATED, 200) == found
    assert 503 == deployments


def test_a_replica_that_is_not_there_is_not_missed(stack: Any) -> None:
    """The primary is read from the first request on."""
    away = "postgresql://groundplan@127.0.0.1:1/nothing"
    running = stack.replica(DATABASE_REPLICA_URL=away)
    headers = running.signed_in("administrator@groundplan.example")
    with running.client(headers) as client:
        assert "administrator@groundplan.example" in _people(client)
