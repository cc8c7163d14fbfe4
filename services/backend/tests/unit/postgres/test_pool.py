"""The pool against a driver that does what the test says; the real one has integration tests."""

import asyncio
import contextlib
from typing import Any

import asyncpg
import pytest

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret


class _Connection:
    def __init__(self) -> None:
        self.closed = False
        self.in_transaction = False
        self.fails: BaseException | None = None
        self.gate: asyncio.Event | None = None

    def is_closed(self) -> bool:
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.in_transaction

    async def fetch(self, statement: str, *arguments: object) -> list[str]:
        await (self.gate.wait() if self.gate else asyncio.sleep(0))
        if self.fails is not None:
            raise self.fails
        return [statement]

    async def close(self, timeout: float) -> None:
        self.closed = True


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> list[_Connection]:
    """The connections that were opened."""
    opened: list[_Connection] = []

    async def connect(*_: Any, **__: Any) -> _Connection:
        opened.append(_Connection())
        return opened[-1]

    monkeypatch.setattr(asyncpg, "connect", connect)
    return opened


def _pool(size: int = 2) -> Pool:
    return Pool(Secret("postgresql://"), size, 1000, acquire_timeout=0.05)


async def test_a_connection_is_used_again(driver: list[_Connection]) -> None:
    """Requests one after the other need one connection."""
    pool = _pool()
    assert ["SELECT 1"] == await pool.fetch("SELECT 1")
    assert "SELECT 2" == await pool.fetchrow("SELECT 2")
    assert 1 == len(driver)


async def test_there_are_never_more_than_the_size(driver: list[_Connection]) -> None:
    """Who finds none free waits for one."""
    pool = _pool()
    assert 20 == len(await asyncio.gather(*(pool.fetch("x") for _ in range(20))))
    assert 2 == len(driver)


async def test_waiting_is_bounded(driver: list[_Connection]) -> None:
    """A full pool is a 503 and never a hang; the place is not lost."""
    pool = _pool(size=1)
    async with pool.connection():
        with pytest.raises(DependencyUnavailable):
            await pool.fetch("x")
    assert ["x"] == await pool.fetch("x")


async def test_a_closed_connection_is_replaced(driver: list[_Connection]) -> None:
    """After a restart of PostgreSQL the next request opens a new one."""
    pool = _pool(size=1)
    await pool.fetch("x")
    driver[0].closed = True
    assert ["y"] == await pool.fetch("y")
    assert 2 == len(driver)


async def test_a_refused_statement_leaves_the_connection_good(driver: list[_Connection]) -> None:
    """An error in SQL is no reason to connect anew."""
    pool = _pool(size=1)
    await pool.fetch("x")
    driver[0].fails = asyncpg.UniqueViolationError("twice")
    with pytest.raises(asyncpg.UniqueViolationError):
        await pool.fetch("y")
    driver[0].fails = None
    assert ["z"] == await pool.fetch("z")
    assert 1 == len(driver)


@pytest.mark.parametrize(
    "failure",
    [ConnectionResetError(), asyncpg.AdminShutdownError("bye"), asyncpg.InterfaceError("closed")],
)
async def test_a_lost_server_is_unavailable(
    driver: list[_Connection], failure: BaseException
) -> None:
    """The caller gets a 503, the connection is thrown away."""
    pool = _pool(size=1)
    await pool.fetch("x")
    driver[0].fails = failure
    with pytest.raises(DependencyUnavailable):
        await pool.fetch("y")
    assert ["z"] == await pool.fetch("z")
    assert 2 == len(driver)


async def test_a_cancelled_query_takes_its_connection_along(driver: list[_Connection]) -> None:
    """Nobody gets a connection on which an old query may still run."""
    pool = _pool(size=1)
    await pool.fetch("x")
    driver[0].gate = asyncio.Event()
    task = asyncio.create_task(pool.fetch("slow"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert ["y"] == await pool.fetch("y")
    assert [True, False] == [one.closed for one in driver]


async def test_an_open_transaction_never_comes_back(driver: list[_Connection]) -> None:
    """A connection that left its transaction open is closed."""
    pool = _pool(size=1)
    with contextlib.suppress(RuntimeError):
        async with pool.connection() as connection:
            connection.in_transaction = True
            raise RuntimeError("in the middle")
    await pool.fetch("x")
    assert [True, False] == [one.closed for one in driver]


async def test_a_server_that_refuses_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not being able to connect costs no place in the pool."""

    async def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncpg, "connect", refuse)
    pool = _pool(size=1)
    for _ in range(3):
        with pytest.raises(DependencyUnavailable, match="ConnectionRefusedError"):
            await pool.fetch("x")
