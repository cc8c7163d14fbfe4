"""The feed without its servers: what it keeps, and what it reads again."""

from typing import Any

import pytest

from groundplan_backend.delivery import feed as module
from groundplan_backend.delivery.event_schemas import StreamQuery
from groundplan_backend.delivery.feed import Feed, Frame
from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Secret

URL = Secret("redis://127.0.0.1:1")


class Table:
    """The events that the database has; counts how often it is asked."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.asked = 0

    async def last(self, pool: Pool) -> int:
        """Return the last number."""
        return self.rows

    async def after(self, pool: Pool, number: int, limit: int) -> list[Any]:
        """Return a page."""
        self.asked += 1
        numbers = range(number + 1, min(number + limit, self.rows) + 1)
        return [Row(each) for each in numbers]


class Row(tuple[Any, ...]):
    """A row as asyncpg gives it: by place and by name."""

    def __new__(cls, number: int) -> "Row":
        """Make the row of one event."""
        return super().__new__(cls, (number, "release.created", None, ["backend"], None, b"{}"))

    def __getitem__(self, key: Any) -> Any:
        """Return the id by its name."""
        return super().__getitem__(0 if key == "id" else key)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    """Put a table of 5,000 events in the database's place."""
    made = Table(5000)
    monkeypatch.setattr(module, "event_repository", made)
    return made


@pytest.fixture
async def feed(table: Table) -> Feed:
    """Return a feed that has read the table once."""
    made = Feed(Pool(URL, 1, 1), Redis(URL), URL, None)
    await made._read()
    return made


async def test_before_anything_is_read_nobody_is_told(table: Table) -> None:
    """Where to begin is not known yet, so that nobody may follow."""
    made = Feed(Pool(URL, 1, 1), Redis(URL), URL, None)
    with pytest.raises(DependencyUnavailable):
        _ = made.last


async def test_who_comes_too_early_waits_a_moment(table: Table) -> None:
    """A replica that has just begun does not send followers away."""
    made = Feed(Pool(URL, 1, 1), Redis(URL), URL, None)
    waiting = module.asyncio.create_task(made.loaded())
    await module.asyncio.sleep(0)
    await made._read()
    assert 5000 == await waiting


async def test_the_latest_stand_in_memory(feed: Feed, table: Table) -> None:
    """Who is a little behind costs the database nothing, who is far behind a page at a time."""
    asked = table.asked
    assert 5000 == feed.last
    assert [4999, 5000] == [frame.number for frame in await feed.after(4998)]
    assert [] == await feed.after(5000) == await feed.after(6000)
    assert asked == table.asked
    assert list(range(101, 601)) == [frame.number for frame in await feed.after(100)]
    assert asked + 1 == table.asked


@pytest.mark.parametrize("start", [0, 2999, 3000, 3001, 4500])
async def test_from_anywhere_each_comes_once(feed: Feed, table: Table, start: int) -> None:
    """Pages from memory and from the database join without a gap."""
    found, last = [], start
    while frames := await feed.after(last):
        found += [frame.number for frame in frames]
        last = found[-1]
    assert list(range(start + 1, 5001)) == found


async def test_what_is_kept_is_bounded(feed: Feed, table: Table) -> None:
    """Ten thousand more events leave no more than twice what is kept."""
    for _ in range(10):
        table.rows += 1000
        await feed._read()
        assert len(feed._frames) <= 2 * module.KEPT
    assert 15_000 == feed.last == feed._frames[-1].number


async def test_news_wakes_all_and_only_once(feed: Feed, table: Table) -> None:
    """Waiting ends with the next event, or with its time."""
    assert not await feed.news(0.01)
    table.rows += 1
    waiting = module.asyncio.gather(*(feed.news(5) for _ in range(3)))
    await module.asyncio.sleep(0)
    await feed._read()
    assert [True] * 3 == await waiting
    assert not await feed.news(0.01)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (StreamQuery(), True),
        (StreamQuery(environment="prod"), True),
        (StreamQuery(environment="dev"), False),
        (StreamQuery(service="a"), True),
        (StreamQuery(service="c"), False),
        (StreamQuery(environment="prod", service="b"), True),
    ],
)
def test_a_frame_knows_whom_it_suits(query: StreamQuery, expected: bool) -> None:
    """Every filter that is given must fit."""
    assert expected is Frame(1, "prod", ["a", "b"], None, b"").suits(query)
