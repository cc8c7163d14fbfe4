"""Redis and PostgreSQL may restart at any time; nobody has to lend a hand."""

import asyncio

import httpx
from stack import People, Stack, get_request, post_request
from steady import Answer, Steady, eventually

LIST = "/api/v1/catalog/services?limit=20"
ANNOTATIONS = "/api/v1/catalog/services/backend/annotations"


async def test_a_redis_restart_fails_no_read(ready: Stack, signed_in: People) -> None:
    """Redis is killed under 200 reads/s: no read fails, and sessions are still there after."""
    token = signed_in.tokens["viewer"]
    request = get_request(LIST, token)
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(200)
        await asyncio.to_thread(ready.kill, "cache")
        await load.until(200)
        await eventually(lambda: asyncio.to_thread(ready.is_ready), 20, "Redis is back")
        await load.until(400)
    assert [] == load.outcome.errors, load.outcome.errors[:5]
    mine = httpx.get(
        f"{ready.url}/api/v1/identity/sessions", headers=signed_in.headers("viewer")
    ).json()["items"]
    assert any(session["current"] for session in mine)


async def test_reads_survive_a_postgresql_restart(ready: Stack, signed_in: People) -> None:
    """PostgreSQL restarts under 200 reads/s: errors, if any, end within 10 s."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(200)
        await asyncio.to_thread(ready.kill, "database")
        killed_at = load.seconds
        await eventually(lambda: asyncio.to_thread(ready.is_ready), 30, "PostgreSQL is back")
        await load.until(400)
    assert [] == [error for error in load.outcome.errors if error[0] > killed_at + 10]


async def test_no_acknowledged_write_is_lost(ready: Stack, signed_in: People) -> None:
    """PostgreSQL is killed while 50 writes/s arrive: every write with a 201 is there after."""
    acknowledged: set[str] = set()

    def remember(number: int, answer: Answer) -> None:
        if answer.status == 201:
            acknowledged.add(f"write-{number}")

    def write(number: int) -> bytes:
        note = {"key": "note", "value": f"write-{number}"}
        return post_request(
            ANNOTATIONS, signed_in.tokens["operator"], note, f"stores-restart-{number:08d}"
        )

    async with Steady(ready.port, write, rate=50, on_answer=remember) as load:
        await load.until(100)
        before = len(acknowledged)
        await asyncio.to_thread(ready.kill, "database")
        await eventually(lambda: asyncio.to_thread(ready.is_ready), 30, "PostgreSQL is back")
        await eventually(
            lambda: len(acknowledged) > before + 100, 20, "writes are acknowledged again"
        )
    stored = await asyncio.to_thread(_stored_notes, ready, signed_in)
    assert before > 0
    assert set() == acknowledged - stored


def _stored_notes(stack: Stack, signed_in: People) -> set[str]:
    found: set[str] = set()
    after = ""
    while True:
        page = httpx.get(
            f"{stack.url}{ANNOTATIONS}?limit=100{after}",
            headers={**signed_in.headers("viewer"), "cache-control": "no-cache"},
        ).json()
        found |= {item["value"] for item in page["items"]}
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"
