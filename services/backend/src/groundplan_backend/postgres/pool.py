"""A small pool of asyncpg connections that heals itself and never makes a request hang.

Against asyncpg's own pool it saves about 30 µs a query: no proxy, no shielded task, and no
RESET when a connection comes back. Leaving RESET out is safe because nothing here changes a
session: no SET, LISTEN, temporary table or session lock; a connection that was cancelled,
failed below SQL, or is still inside a transaction is closed and never handed on.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.observability.calls import Calls, kind_of
from groundplan_backend.postgres.measured import CONNECT, SYSTEM, Measured
from groundplan_backend.settings import Secret

Connection = Any  # asyncpg ships no types
ACQUIRE_TIMEOUT: Final = 1.0
_CONNECT_TIMEOUT: Final = 1.0
_CLOSE_TIMEOUT: Final = 2.0

_DOWN: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.InvalidPasswordError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ReadOnlySQLTransactionError,
)


class Pool:
    """At most `size` connections, opened when needed; all times are in seconds."""

    def __init__(
        self,
        url: Secret,
        size: int,
        statement_timeout_ms: int,
        acquire_timeout: float = ACQUIRE_TIMEOUT,
        calls: Calls | None = None,
    ) -> None:
        self._url = url
        self.size = size
        """Connections that may be open."""
        self.timeouts = 0
        """Requests that waited for a connection in vain."""
        self._calls = calls or Calls()
        self._statement_timeout = str(statement_timeout_ms)
        self._acquire_timeout = acquire_timeout
        self._idle: list[Connection] = []
        self._open = 0
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> int:
        """Connections that are open and free."""
        return len(self._idle)

    @property
    def used(self) -> int:
        """Connections that are lent, or on their way."""
        return self._open - len(self._idle)

    @property
    def pending(self) -> int:
        """Requests that wait for one."""
        return len(self._waiting)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection inside one transaction; it commits when the block ends well.

        Raises:
            DependencyUnavailable: PostgreSQL does not answer; nothing may be assumed done.
        """
        async with self.connection() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; each statement is a transaction of its own.

        Raises:
            DependencyUnavailable: PostgreSQL does not answer.
        """
        connection = await self._acquire()
        try:
            yield connection
        except BaseException as error:
            self._after_failure(connection, error)
            if _means_down(error):
                raise _unavailable(error) from error
            raise
        self._release(connection)

    async def fetch(self, statement: str, *arguments: object) -> list[Any]:
        """Run one reading statement and return its rows.

        Raises:
            DependencyUnavailable: PostgreSQL does not answer.
        """
        connection = await self._acquire()
        try:
            rows: list[Any] = await connection.fetch(statement, *arguments)
        except BaseException as error:
            self._after_failure(connection, error)
            if _means_down(error):
                raise _unavailable(error) from error
            raise
        self._release(connection)
        return rows

    async def fetchrow(self, statement: str, *arguments: object) -> Any:
        """Run one reading statement and return its first row, or None."""
        rows = await self.fetch(statement, *arguments)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Close every idle connection and wait for those that are closing."""
        while self._idle:
            self._discard(self._idle.pop())
        if self._closing:
            await asyncio.wait(self._closing, timeout=_CLOSE_TIMEOUT)

    async def _acquire(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            self._forget()
        try:
            async with asyncio.timeout(self._acquire_timeout):
                return await self._wait_or_connect()
        except _DOWN as error:
            self.timeouts += isinstance(error, TimeoutError)
            raise _unavailable(error) from error

    async def _wait_or_connect(self) -> Connection:
        while self._open >= self.size:
            turn: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                connection = await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled() and turn.result() is not None:
                    self._release(turn.result())
                raise
            if connection is not None and not connection.is_closed():
                return connection
            if connection is not None:
                self._forget()
        return await self._connect()

    async def _connect(self) -> Connection:
        self._open += 1
        started = time.perf_counter()
        try:
            connection = await asyncpg.connect(
                self._url.reveal(),
                timeout=_CONNECT_TIMEOUT,
                connection_class=Measured,
                server_settings={
                    "statement_timeout": self._statement_timeout,
                    "application_name": "groundplan-backend",
                    "jit": "off",
                },
            )
        except BaseException as error:
            self._forget()
            self._calls.note(SYSTEM, CONNECT, CONNECT, started, kind_of(error))
            raise
        connection.calls = self._calls
        self._calls.note(SYSTEM, CONNECT, CONNECT, started)
        return connection

    def _release(self, connection: Connection) -> None:
        if connection.is_closed():
            self._forget()
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return
        self._idle.append(connection)

    def _after_failure(self, connection: Connection, error: BaseException) -> None:
        ended = isinstance(error, asyncio.CancelledError) or (
            _means_down(error) and not isinstance(error, asyncpg.QueryCanceledError)
        )
        if ended or connection.is_closed() or connection.is_in_transaction():
            self._discard(connection)
        else:
            self._release(connection)

    def _discard(self, connection: Connection) -> None:
        task = asyncio.get_running_loop().create_task(self._end(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _end(self, connection: Connection) -> None:
        try:
            await connection.close(timeout=_CLOSE_TIMEOUT)
        except Exception:  # noqa: S110 - it is being thrown away
            pass
        finally:
            self._forget()

    def _forget(self) -> None:
        """One connection less: whoever waits first may open another."""
        self._open -= 1
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


def _means_down(error: BaseException) -> bool:
    return isinstance(error, _DOWN) and not isinstance(error, asyncpg.DataError)


def _unavailable(error: BaseException) -> DependencyUnavailable:
    reason = type(error).__name__
    return DependencyUnavailable(f"the database does not answer ({reason})")
