"""A subscription to a real Redis."""

import asyncio
from typing import Any

import pytest
import redis

from groundplan_backend.redis.subscription import Subscription, SubscriptionLost
from groundplan_backend.settings import Secret


def _url(server: Any, password: str = "sesame") -> str:
    return f"redis://:{password}@127.0.0.1:{server.port}/0"


async def _until(check: Any) -> None:
    async with asyncio.timeout(10):
        while not check():
            await asyncio.sleep(0.01)


async def test_it_tells_of_the_connection_and_of_every_message(redis_server: Any) -> None:
    """Once for being there, then once a message."""
    redis_server.ensure()
    told: list[int] = []
    subscription = Subscription(Secret(_url(redis_server)), "c", lambda: told.append(1))
    task = asyncio.create_task(subscription.run())
    await _until(lambda: len(told) == 1)
    with redis.Redis.from_url(_url(redis_server)) as client:
        client.publish("other", "x")
        client.publish("c", "x")
        client.publish("c", "y")
    await _until(lambda: len(told) == 3)
    task.cancel()


async def test_a_lost_connection_is_an_error(redis_server: Any) -> None:
    """Who runs it knows, and begins anew."""
    redis_server.ensure()
    told: list[int] = []
    subscription = Subscription(Secret(_url(redis_server)), "c", lambda: told.append(1))
    task = asyncio.create_task(subscription.run())
    await _until(lambda: told)
    redis_server.stop()
    try:
        with pytest.raises(SubscriptionLost):
            await asyncio.wait_for(task, 10)
        with pytest.raises(SubscriptionLost):
            await subscription.run()
    finally:
        redis_server.start()


async def test_a_wrong_password_is_an_error(redis_server: Any) -> None:
    """It never waits for what will not come."""
    redis_server.ensure()
    subscription = Subscription(Secret(_url(redis_server, "wrong")), "c", lambda: None)
    with pytest.raises(SubscriptionLost):
        await asyncio.wait_for(subscription.run(), 10)
