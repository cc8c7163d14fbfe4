"""How many may follow one replica, and who is sent away so that others can.

Alone on the machine: what is timed and weighed here is a thousand open streams.
"""

import asyncio
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import redis

PATH = "/api/v1/delivery/events"
FOLLOWERS = 1000


def _open_sessions(stack: Any, number: int) -> list[str]:
    """Make sessions in Redis, as a sign-in does."""
    made = [str(uuid.uuid4()) for _ in range(number)]
    with redis.Redis.from_url(stack.environment["REDIS_URL"]) as client:
        for session in made:
            client.hset(f"groundplan:session:{session}", mapping={"user": "x"})
            client.expire(f"groundplan:session:{session}", 300)
    return made


def _request(replica: Any, session: str, query: str = "") -> bytes:
    told = replica.as_caller("viewer", str(uuid.uuid4()), session)
    lines = [f"GET {PATH}{query} HTTP/1.1", "host: x", *(f"{k}: {told[k]}" for k in told), "", ""]
    return "\r\n".join(lines).encode()


async def _connect(replica: Any, request: bytes) -> tuple[Any, Any]:
    parts = urlsplit(replica.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request)
    await reader.readuntil(b"retry: 2000\n\n")
    return reader, writer


async def test_one_replica_has_a_thousand_followers(desk: Any, delivery_stack: Any) -> None:
    """All of them get an event within two seconds, for less than 64 MiB of memory."""
    crowded = delivery_stack.replica()
    process = psutil.Process(crowded.process.pid)
    before = process.memory_info().rss
    sessions = _open_sessions(delivery_stack, FOLLOWERS // 50)
    links = [
        await _connect(crowded, _request(crowded, session))
        for session in sessions
        for _ in range(FOLLOWERS // len(sessions))
    ]
    number = await asyncio.to_thread(desk.release)
    committed = time.monotonic()
    seen = await asyncio.wait_for(
        asyncio.gather(*(reader.readuntil(number.encode()) for reader, _ in links)), 20
    )
    waited = time.monotonic() - committed
    grown = process.memory_info().rss - before
    for _, writer in links:
        writer.transport.abort()
    assert FOLLOWERS == len(seen)
    assert waited < 2
    assert grown < 64 << 20


async def test_a_session_may_not_take_all_places(desk: Any, delivery_stack: Any) -> None:
    """The 65th stream of one session is refused."""
    (session,) = _open_sessions(delivery_stack, 1)
    request = _request(desk.replica, session)
    links = [await _connect(desk.replica, request) for _ in range(64)]
    headers = desk.replica.as_caller("viewer", str(uuid.uuid4()), session)
    async with httpx.AsyncClient(base_url=desk.replica.url, headers=headers) as client:
        answer = await client.get(PATH)
    for _, writer in links:
        writer.transport.abort()
    assert (429, "rate_limited") == (answer.status_code, answer.json()["code"])


async def test_a_follower_that_reads_nothing_is_cut(
    desk: Any, delivery_stack: Any, until: Any
) -> None:
    """It holds a bounded piece of memory, and its place is free after the request's time."""
    slow = delivery_stack.replica(REQUEST_TIMEOUT_MS="2000")
    await delivery_stack.fetch(
        "INSERT INTO delivery_event (id, at, type, services, body)"
        " SELECT last + number, now(), 'release.created', '{}',"
        " convert_to(repeat('x', 4000), 'UTF8')"
        " FROM (SELECT coalesce(max(id), 0) AS last FROM delivery_event) AS known,"
        " generate_series(1, 20000) AS number"
    )
    process = psutil.Process(slow.process.pid)
    before = process.memory_info().rss
    (session,) = _open_sessions(delivery_stack, 1)
    links = [await _connect(slow, _request(slow, session, "?after=0")) for _ in range(8)]
    for reader, _ in links:
        reader._transport.pause_reading()
    until(lambda: slow.log.read_text().count(f'"path":"{PATH}"') == len(links), 20)
    grown = process.memory_info().rss - before
    for _, writer in links:
        writer.transport.abort()
    assert grown < 64 << 20
