"""Collects from all targets, each in its own rhythm."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics.collect.collector import Collector, following
from groundplan_telemetry.metrics.collect.target import Target
from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.storage.store import Store


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return an empty store."""
    made = Store(tmp_path / "m", 1e9, 1e9, books)
    yield made
    made.close()


async def test_targets_are_collected_in_their_rhythm(store: Store) -> None:
    """A target is asked at once and then every interval; one that hangs delays no other."""
    asked: list[float] = []

    async def quick() -> str:
        asked.append(asyncio.get_running_loop().time())
        return "hits 1\n"

    async def hangs() -> str:
        await asyncio.sleep(60)
        return ""

    own = {"job": "a", "instance": "a-1"}
    targets = [Target(hangs, {**own, "job": "b"}, 0.1, ""), Target(quick, own, 0.1, "")]
    collector = Collector(store, targets)
    collector.start()
    while len(asked) < 14:
        await asyncio.sleep(0.01)
    await collector.close()
    gaps = [b - a for a, b in pairwise(asked[1:14])]
    assert 0.05 < median(gaps) < 0.2, gaps
    assert {"a"} == {t.own["job"] for t in targets if t.health.is_up}


async def test_times_are_a_fixed_distance_apart(store: Store) -> None:
    """Samples carry the time that was meant, so that they are stored as next to nothing."""

    async def quick() -> str:
        return "hits 1\n"

    collector = Collector(store, [Target(quick, {"job": "a", "instance": "1"}, 0.2, "")])
    collector.start()
    found: list[int] = []
    while len(found) < 4:
        await asyncio.sleep(0.02)
        series = store.select([Matcher("__name__", "=", "hits")], 0, 1 << 60)
        found = list(series[0].times) if series else []
    await collector.close()
    assert 200 in {b - a for a, b in pairwise(found[1:])}


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (1003, 1004, 1103),
        (1003, 1002, 1103),
        (1003, 1290, 1303),
        (1003, 1303, 1403),
        (9003, 1050, 1103),
    ],
)
def test_it_is_due_on_its_grid(last: int, now: int, expected: int) -> None:
    """Early, late, after a long answer and after a clock was set back, the grid stays the same."""
    assert expected == following(last, now, 100, 3)


async def test_one_that_breaks_is_asked_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody foresaw costs one collection, not the target."""
    asked = 0

    async def breaks(*_: object) -> None:
        nonlocal asked
        asked += 1
        raise RuntimeError("unforeseen")

    target = Target(breaks, {"job": "a", "instance": "a-1"}, 0.05, "")  # type: ignore[arg-type]
    monkeypatch.setattr(target, "collect", breaks)
    collector = Collector(store, [target])
    collector.start()
    while asked < 3:
        await asyncio.sleep(0.01)
    await collector.close()
