"""Slow and oversized requests are cut, and nobody else notices."""

import asyncio
import time

import httpx
import pytest
from stack import People, Stack, get_request
from steady import Steady, connect

LIST = "/api/v1/catalog/services?limit=20"
ANNOTATIONS = "/api/v1/catalog/services/backend/annotations"


async def _slow_head(port: int) -> float:
    """Send a header every second; return after how many seconds the server cuts."""
    began = time.monotonic()
    reader, writer = await connect(port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n")
    try:
        for number in range(60):
            writer.write(f"X-{number}: a\r\n".encode())
            await writer.drain()
            if await _ended(reader, 1.0):
                break
    except OSError:
        pass
    writer.close()
    return time.monotonic() - began


async def _slow_body(port: int, token: str) -> float:
    """Announce a body and send nothing of it; return after how many seconds it is cut."""
    began = time.monotonic()
    reader, writer = await connect(port)
    head = f"POST {ANNOTATIONS} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
    writer.write((head + "Content-Type: application/json\r\nContent-Length: 99\r\n\r\n").encode())
    await _ended(reader, 60)
    writer.close()
    return time.monotonic() - began


async def _ended(reader: asyncio.StreamReader, within: float) -> bool:
    try:
        return await asyncio.wait_for(reader.read(), within) is not None
    except ConnectionError:
        return True
    except TimeoutError:
        return False


async def test_slow_clients_are_cut_and_nobody_notices(ready: Stack, signed_in: People) -> None:
    """200 slow clients are cut within 20 s while 100 reads/s see no error."""
    port, operator = ready.port, signed_in.tokens["operator"]
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(port, lambda number: request, rate=100) as load:
        slow = [_slow_head(port) for _ in range(100)]
        slow += [_slow_body(port, operator) for _ in range(100)]
        lasted = await asyncio.gather(*slow)
    assert max(lasted) <= 20
    assert min(lasted) >= 1
    assert [] == load.outcome.errors, load.outcome.errors[:5]


async def test_a_patient_server_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a server that never cuts is seen to wait."""
    monkeypatch.delenv("GROUNDPLAN_STACK_TLS", raising=False)
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_slow_body(port, "x"), 2)
    server.close()


def test_a_body_over_the_limit_is_refused(ready: Stack, signed_in: People) -> None:
    """More than the declared body is 413, with and without an announced length."""
    big = b'{"key":"note","value":"' + b"a" * (2 << 20) + b'"}'
    headers = {**signed_in.headers("operator"), "content-type": "application/json"}
    url = ready.url + ANNOTATIONS
    announced = httpx.post(url, content=big, headers=headers)
    chunked = httpx.post(
        url, content=(big[at : at + 65536] for at in range(0, len(big), 65536)), headers=headers
    )
    assert (413, 413) == (announced.status_code, chunked.status_code)


def test_headers_and_paths_over_the_limit_are_refused(ready: Stack, signed_in: People) -> None:
    """Oversized headers and paths are refused with a 4xx."""
    headers = signed_in.headers("viewer")
    with httpx.Client(base_url=ready.url) as client:
        many = client.get(LIST, headers={**headers, **{f"x-{n}": "a" * 900 for n in range(90)}})
        wide = client.get(LIST, headers={**headers, "x-wide": "a" * 70000})
        long = client.get("/api/v1/" + "a" * 60000, headers=headers)
    assert {400, 414, 431} >= {many.status_code, wide.status_code, long.status_code}


def test_oversized_requests_leave_memory_flat(ready: Stack, signed_in: People) -> None:
    """A hundred oversized bodies do not make the platform grow by more than 64 MiB."""
    before = _memory(ready)
    headers = {**signed_in.headers("operator"), "content-type": "application/json"}
    with httpx.Client(base_url=ready.url, headers=headers) as client:
        for _ in range(100):
            client.post(ANNOTATIONS, content=b"a" * (2 << 20))
    assert _memory(ready) - before < 64 << 20


def _memory(stack: Stack) -> int:
    return sum(stack.read(lambda process: int(process.memory_info().rss)))
