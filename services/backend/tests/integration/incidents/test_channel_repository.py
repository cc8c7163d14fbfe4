"""Messages in the queue: taken by one, and given back by who dies with them."""

import uuid
from typing import Any

from groundplan_backend.incidents import channel_repository as repository
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret


async def test_a_message_is_taken_once_and_comes_back(stack: Any) -> None:
    """Nobody else has it while it is being sent; afterwards it is due again."""
    channel, message = uuid.uuid4(), uuid.uuid4()
    pool = Pool(Secret(stack.database_url), 2, 5000)
    async with pool.transaction() as connection:
        row = (channel, "queue", "slack", "https://a/…", b"sealed", [], str(uuid.uuid4()))
        await repository.insert(connection, row)
        await repository.enqueue(connection, message, channel, b"{}")
    (taken,) = await repository.take_due(pool, 10, 30)
    assert (message, 1, channel) == (taken["id"], taken["attempts"], taken["channel"])
    assert [] == await repository.take_due(pool, 10, 30)
    await stack.fetch("UPDATE notification SET due_at = now()")
    (again,) = await repository.take_due(pool, 10, 30)
    assert 2 == again["attempts"]
    await repository.delivered(pool, message, 200)
    await stack.fetch("UPDATE notification SET due_at = now()")
    assert [] == await repository.take_due(pool, 10, 30)
    await pool.close()
