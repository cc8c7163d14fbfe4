"""A steady stream of requests over kept-alive connections, each answer counted, none repeated.

`Steady` keeps asking at a fixed rate whether or not answers come (an open loop), so that a
stall shows as slow or failed requests and not as a pause. Nothing is retried: what a user
would see as an error is an error here.
"""

import asyncio
import os
import ssl
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache


def is_encrypted() -> bool:
    """Tell whether the platform of the tests runs with encryption."""
    return os.environ.get("GROUNDPLAN_STACK_TLS") == "1"


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection to a port of the platform, encrypted where the platform is."""
    context = _trusting(os.environ["SSL_CERT_FILE"]) if is_encrypted() else None
    return await asyncio.open_connection("127.0.0.1", port, ssl=context)


@cache
def _trusting(authority: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: status, headers with lower-case names, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """One HTTP/1.1 connection, used by one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, request: bytes) -> tuple[Answer, bool]:
        """Send a request; return the answer and whether the connection may be used again."""
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await self._body(headers)
        answer = Answer(int(head[0].split(" ")[1]), headers, body)
        return answer, headers.get("connection", "").lower() != "close"

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", "0")))
        chunks = bytearray()
        while size := int((await self.reader.readline()).split(b";")[0], 16):
            chunks += await self.reader.readexactly(size)
            await self.reader.readexactly(2)
        await self.reader.readline()
        return bytes(chunks)

    def close(self) -> None:
        """Close without waiting."""
        self.writer.close()


@dataclass(slots=True)
class Outcome:
    """What became of the requests so far; `errors` holds (seconds since start, what)."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[tuple[float, str]] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """How many requests have ended, well or badly."""
        return self.statuses.total() + sum(1 for _, what in self.errors if "status" not in what)

    @property
    def failed(self) -> int:
        """How many did not end with a status below 400."""
        return len(self.errors)


class Steady:
    """Asks one URL of a server on this machine at a fixed rate while its block runs.

    Whoever blocks the event loop meanwhile stops the clock that paces it: what waits belongs
    into a thread.
    """

    def __init__(
        self,
        port: int,
        make_request: Callable[[int], bytes],
        *,
        rate: float = 200.0,
        patience: float = 5.0,
        on_answer: Callable[[int, Answer], None] = lambda number, answer: None,
    ) -> None:
        self.port = port
        self.make_request = make_request
        self.rate = rate
        self.patience = patience
        self.on_answer = on_answer
        self.outcome = Outcome()
        self._idle: deque[Connection] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._start = 0.0

    async def __aenter__(self) -> "Steady":
        self._start = time.monotonic()
        self._pacer = asyncio.create_task(self._pace())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pacer.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=self.patience + 1)
        for connection in self._idle:
            connection.close()

    async def _pace(self) -> None:
        number = 0
        while True:
            due = int((time.monotonic() - self._start) * self.rate)
            while number < due:
                task = asyncio.create_task(self._one(number))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
                number += 1
            await asyncio.sleep(1 / self.rate)

    async def _one(self, number: int) -> None:
        began = time.monotonic()
        try:
            answer = await asyncio.wait_for(self._exchange(number), self.patience)
        except (OSError, EOFError, TimeoutError) as error:
            self._fail(began, f"{type(error).__name__}: {error}")
            return
        self.outcome.statuses[answer.status] += 1
        self.outcome.latencies.append(time.monotonic() - began)
        self.on_answer(number, answer)
        if answer.status >= 400:
            self._fail(began, f"status {answer.status}: {answer.body[:200]!r}")

    async def _exchange(self, number: int) -> Answer:
        connection = await self._connection()
        try:
            answer, reusable = await connection.ask(self.make_request(number))
        except BaseException:
            connection.close()
            raise
        if reusable:
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    async def _connection(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.reader.at_eof():
                return connection
            connection.close()
        return Connection(*await connect(self.port))

    @property
    def seconds(self) -> float:
        """How long the load has been running; the clock that errors are told by."""
        return time.monotonic() - self._start

    def _fail(self, began: float, what: str) -> None:
        self.outcome.errors.append((began - self._start, what))

    async def until(self, requests: int) -> None:
        """Wait until so many requests have ended since now."""
        goal = self.outcome.sent + requests
        while self.outcome.sent < goal:
            await asyncio.sleep(0.05)


async def eventually(
    condition: Callable[[], Awaitable[bool]] | Callable[[], bool], within: float, what: str
) -> float:
    """Poll until a condition holds; return the seconds that it took.

    Raises:
        AssertionError: it did not hold in time.
    """
    began = time.monotonic()
    while time.monotonic() - began < within:
        held = condition()
        if held if isinstance(held, bool) else await held:
            return time.monotonic() - began
        await asyncio.sleep(0.5)
    raise AssertionError(f"not within {within:g} s: {what}")
