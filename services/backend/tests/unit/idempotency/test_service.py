from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from groundplan_backend.errors import IdempotencyKeyInProgress, IdempotencyKeyReused
from groundplan_backend.idempotency import repository
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.settings import Secret


class _Pool:
    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        yield None


class _Table:
    """The table of kept answers."""

    def __init__(self) -> None:
        self.kept: dict[repository.Name, tuple[bytes, bytes]] = {}
        self.taken = True

    async def claim(self, _: Any, name: repository.Name) -> dict[str, Any]:
        digest, body = self.kept.get(name, (None, None))
        return {"taken": self.taken, "body_digest": digest, "body": body}

    async def keep(self, _: Any, name: repository.Name, digest: bytes, body: bytes) -> bool:
        if name in self.kept:
            return False
        self.kept[name] = (digest, body)
        return True


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> _Table:
    """An empty table in the repository's place."""
    made = _Table()
    monkeypatch.setattr(repository, "claim", made.claim)
    monkeypatch.setattr(repository, "keep", made.keep)
    return made


class _Work:
    def __init__(self) -> None:
        self.runs = 0

    async def __call__(self, _: Any) -> bytes:
        self.runs += 1
        return b"created"


def _claim(**change: Any) -> Claim:
    return Claim(**{"caller": "ada", "route": "POST x", "key": "k", "body": b"1", **change})


_IDEMPOTENCY = Idempotency(_Pool(), Secret("key"))  # type: ignore[arg-type]


async def test_work_runs_once_per_key(table: _Table) -> None:
    """The second answer is the first one."""
    work = _Work()
    for _ in range(2):
        assert b"created" == await _IDEMPOTENCY.create(_claim(), work)
    assert 1 == work.runs


@pytest.mark.parametrize("change", [{"caller": "eve"}, {"route": "POST y"}, {"key": "l"}])
async def test_a_key_belongs_to_one_caller_on_one_route(
    table: _Table, change: dict[str, str]
) -> None:
    """Others may use the same word."""
    work = _Work()
    await _IDEMPOTENCY.create(_claim(), work)
    await _IDEMPOTENCY.create(_claim(**change), work)
    assert 2 == work.runs


async def test_another_body_is_refused(table: _Table) -> None:
    """A key stands for one body, of which only a keyed hash is kept."""
    work = _Work()
    await _IDEMPOTENCY.create(_claim(), work)
    with pytest.raises(IdempotencyKeyReused):
        await _IDEMPOTENCY.create(_claim(body=b"2"), work)
    assert 1 == work.runs


async def test_a_key_that_is_being_used_is_refused(table: _Table) -> None:
    """Before the first request has ended there is no answer to give."""
    table.taken = False
    with pytest.raises(IdempotencyKeyInProgress):
        await _IDEMPOTENCY.create(_claim(), _Work())


async def test_without_a_key_work_simply_runs(table: _Table) -> None:
    """Every request creates."""
    work = _Work()
    await _IDEMPOTENCY.create(None, work)
    await _IDEMPOTENCY.create(None, work)
    assert 2 == work.runs
