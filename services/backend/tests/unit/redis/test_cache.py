"""The cache against a Redis that is a dictionary and can be switched off."""

import asyncio
from typing import Any

import pytest

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.redis.cache import Answer, Cache, Outcome


class _Redis:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.down = False

    async def execute(self, command: str, *arguments: Any) -> Any:
        if self.down:
            raise DependencyUnavailable("down")
        if command == "MGET":
            return [self.values.get(key) for key in arguments]
        value = arguments[1]
        self.values[arguments[0]] = value if isinstance(value, bytes) else value.encode()
        return b"OK"


class _Source:
    """The database: counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0
        self.body = b"{}"
        self.down = False

    async def load(self) -> bytes:
        self.reads += 1
        await asyncio.sleep(0.005)
        if self.down:
            raise DependencyUnavailable("down")
        return self.body


@pytest.fixture
def redis() -> _Redis:
    """An empty Redis."""
    return _Redis()


@pytest.fixture
def source() -> _Source:
    """A database that answers `{}`."""
    return _Source()


def _cache(redis: _Redis, fresh_for: float = 60.0, area: str = "things") -> Cache:
    return Cache(redis, Metrics(), area, fresh_for)  # type: ignore[arg-type]


async def test_the_second_read_is_a_hit(redis: _Redis, source: _Source) -> None:
    """What was read once is not read again while it is fresh."""
    cache = _cache(redis)
    assert Answer(b"{}", Outcome.MISS) == await cache.read("key", source.load)
    assert Answer(b"{}", Outcome.HIT) == await cache.read("key", source.load)
    assert 1 == source.reads


async def test_a_crowd_reads_the_database_once(redis: _Redis, source: _Source) -> None:
    """With or without Redis, parallel requests share one rebuild."""
    for down in (False, True):
        redis.down, source.reads = down, 0
        cache = _cache(redis)
        answers = await asyncio.gather(
            *(cache.read(f"crowd-{down}", source.load) for _ in range(100))
        )
        assert {b"{}"} == {answer.body for answer in answers}
        assert 1 == source.reads


async def test_a_write_makes_entries_old_for_every_replica(redis: _Redis, source: _Source) -> None:
    """The generation is compared wherever the entry is read."""
    here, elsewhere = _cache(redis), _cache(redis)
    await here.read("key", source.load)
    await elsewhere.invalidate()
    source.body = b'{"new":true}'
    assert Answer(source.body, Outcome.MISS) == await here.read("key", source.load)


async def test_a_write_leaves_other_areas_fresh(redis: _Redis, source: _Source) -> None:
    """A note on a service is no reason to read the services again."""
    services, notes = _cache(redis, area="services"), _cache(redis, area="notes")
    await services.read("key", source.load)
    await notes.invalidate()
    assert Outcome.HIT is (await services.read("key", source.load)).outcome


async def test_what_was_read_before_a_write_is_never_kept_after_it(
    redis: _Redis, source: _Source
) -> None:
    """A rebuild that began before the write stores an entry of the old generation."""
    cache = _cache(redis)
    reading = asyncio.create_task(cache.read("key", source.load))
    await asyncio.sleep(0.001)
    await cache.invalidate()
    await reading
    assert Outcome.MISS is (await cache.read("key", source.load)).outcome


async def test_an_old_entry_serves_while_the_database_is_down(
    redis: _Redis, source: _Source
) -> None:
    """However it became old, by age or by a write, and for those who want it fresh as well."""
    cache = _cache(redis, fresh_for=0.0)
    await cache.read("key", source.load)
    await cache.invalidate()
    source.down = True
    assert Answer(b"{}", Outcome.STALE) == await cache.read("key", source.load)
    assert Answer(b"{}", Outcome.STALE) == await cache.read("key", source.load, fresh=True)
    with pytest.raises(DependencyUnavailable):
        await cache.read("never read", source.load)


async def test_fresh_reads_pass_the_cache_by(redis: _Redis, source: _Source) -> None:
    """Each asks the database itself and shares with nobody."""
    cache = _cache(redis)
    answers = await asyncio.gather(*(cache.read("key", source.load, fresh=True) for _ in range(5)))
    assert {Outcome.BYPASS} == {answer.outcome for answer in answers}
    assert 5 == source.reads


async def test_chance_renews_an_entry_a_little_early(redis: _Redis, source: _Source) -> None:
    """Near the end of an entry some reads rebuild it, long before it ends none does."""
    cache = _cache(redis)
    await cache.read("key", source.load)
    for _ in range(200):
        assert Outcome.HIT is (await cache.read("key", source.load)).outcome
    entry = redis.values["groundplan:cache:things:key"].split(b"|", 3)
    entry[2] = b"60.0"  # a rebuild that takes as long as the entry lives
    redis.values["groundplan:cache:things:key"] = b"|".join(entry)
    outcomes = {(await cache.read("key", source.load)).outcome for _ in range(1)}
    for _ in range(60):
        redis.values["groundplan:cache:things:key"] = b"|".join(entry)
        outcomes.add((await cache.read("key", source.load)).outcome)
    assert {Outcome.HIT, Outcome.MISS} == outcomes


async def test_a_rebuild_ends_with_the_last_who_waits(redis: _Redis, source: _Source) -> None:
    """One of two may leave; when both have left, the query stops."""
    ended = asyncio.Event()

    async def slow() -> bytes:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return b"{}"

    cache = _cache(redis)
    first, second = (asyncio.create_task(cache.read("key", slow)) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.sleep(0.01)
    assert not ended.is_set()
    second.cancel()
    await asyncio.wait_for(ended.wait(), 1)
