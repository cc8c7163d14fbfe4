"""What is due is taken once, and fairly."""

import asyncio
import uuid
from typing import Any

import pytest

from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret
from groundplan_backend.webhooks import repository


@pytest.fixture
async def pool(stack: Any) -> Any:
    """A pool of the module's database, without webhooks of other tests."""
    made = Pool(Secret(stack.database_url), 4, 5000)
    await made.fetch("DELETE FROM webhook")
    yield made
    await made.close()


async def _webhook(pool: Pool, deliveries: int) -> uuid.UUID:
    made = uuid.uuid4()
    await pool.fetch(
        "INSERT INTO webhook (id, url, sealed, types) VALUES ($1, 'https://a.example/', '', '{}')",
        made,
    )
    await pool.fetch(
        "INSERT INTO webhook_delivery (id, webhook_id, event, type, body)"
        " SELECT gen_random_uuid(), $1, n, 'x.y', '{}' FROM generate_series(1, $2::int) AS n",
        made,
        deliveries,
    )
    return made


async def test_one_with_many_holds_no_other_up(pool: Pool) -> None:
    """A few of each are taken at once, whoever was first."""
    busy, quiet = await _webhook(pool, 100), await _webhook(pool, 1)
    rows = await repository.take_due(pool, 16, 4, 30)
    taken = [row["webhook"] for row in rows]
    assert (4, 1) == (taken.count(busy), taken.count(quiet))


async def test_parallel_senders_take_each_once(pool: Pool) -> None:
    """Four senders that ask until nothing is due have every delivery once between them."""
    await _webhook(pool, 40)
    taken: list[uuid.UUID] = []

    async def send() -> None:
        while rows := await repository.take_due(pool, 16, 4, 30):
            taken.extend(row["id"] for row in rows)

    await asyncio.gather(*(send() for _ in range(4)))
    assert len(set(taken)) == len(taken) >= 36


async def test_a_disabled_one_waits(pool: Pool) -> None:
    """What was queued before stays, and is sent when it is enabled again."""
    made = await _webhook(pool, 1)
    await pool.fetch("UPDATE webhook SET enabled = false WHERE id = $1", made)
    assert [] == await repository.take_due(pool, 16, 4, 30)
    await pool.fetch("UPDATE webhook SET enabled = true WHERE id = $1", made)
    assert 1 == len(await repository.take_due(pool, 16, 4, 30))


async def test_the_log_is_kept_for_a_week(pool: Pool) -> None:
    """What is over and older goes; what still waits stays."""
    made = await _webhook(pool, 3)
    await pool.fetch(
        "UPDATE webhook_delivery SET created_at = now() - interval '8 days',"
        " state = CASE event WHEN 1 THEN 'pending' WHEN 2 THEN 'failed' ELSE 'delivered' END"
        " WHERE webhook_id = $1",
        made,
    )
    await repository.forget(pool)
    rows = await pool.fetch("SELECT event FROM webhook_delivery WHERE webhook_id = $1", made)
    assert [1] == [row["event"] for row in rows]
