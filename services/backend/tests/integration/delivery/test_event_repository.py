"""Who appends keeps others waiting until it has committed, or given up."""

import asyncio
import uuid
from typing import Any

import asyncpg

from groundplan_backend.delivery import event_repository

NOBODY = str(uuid.UUID(int=0))


async def test_a_number_is_seen_before_the_next_is_given(delivery_stack: Any) -> None:
    """The second writer gets its number when the first has committed, and one more."""
    first, second = [await asyncpg.connect(delivery_stack.database_url) for _ in range(2)]
    try:
        begun = first.transaction()
        await begun.start()
        row = await event_repository.begin(first, NOBODY)
        await event_repository.insert(
            first, (row["id"], row["at"], "release.created", None, [], None, b"{}")
        )
        async with second.transaction():
            waiting = asyncio.create_task(event_repository.begin(second, NOBODY))
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
            await begun.commit()
            assert row["id"] + 1 == (await waiting)["id"]
    finally:
        await first.close()
        await second.close()


async def test_who_gives_up_leaves_no_gap(delivery_stack: Any) -> None:
    """A number that was given in a transaction that failed is given again."""
    connection = await asyncpg.connect(delivery_stack.database_url)
    try:
        numbers = []
        for _ in range(2):
            begun = connection.transaction()
            await begun.start()
            numbers.append((await event_repository.begin(connection, NOBODY))["id"])
            await begun.rollback()
    finally:
        await connection.close()
    assert numbers[0] == numbers[1]
