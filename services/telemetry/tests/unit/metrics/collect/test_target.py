"""One place that metrics are collected from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import query
from groundplan_telemetry.metrics.collect import target
from groundplan_telemetry.metrics.collect.target import Target
from groundplan_telemetry.metrics.storage import block
from groundplan_telemetry.metrics.storage.store import Store

OWN = {"job": "api", "instance": "api-1"}


class Place:
    """Exposes what it is told to."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.is_gone = False

    async def __call__(self) -> str:
        """Answer, or fail as a network does."""
        if self.is_gone:
            raise ConnectionRefusedError("gone")
        return self.text


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return an empty store."""
    made = Store(tmp_path / "m", 1e9, 3.0 * block.LENGTH / 1000, books)
    yield made
    made.close()


def _asked(store: Store, written: str, at: int) -> dict[str, float | None]:
    return {
        str(dict(row.labels).get("x", "")): row.values[0]
        for row in query.vector(store, written, at)
    }


async def test_samples_get_the_labels_of_their_target(store: Store) -> None:
    """A target's labels win; what a metric had of the same name is kept as exported."""
    one = Target(Place('hits{job="own",x="y"} 3\n'), OWN, 5.0, "http://a")
    await one.collect(store, 1000)
    (row,) = query.vector(store, "hits", 1000)
    expected = {"__name__": "hits", "exported_job": "own", "x": "y", **OWN}
    assert expected == dict(row.labels)
    assert {"": 1.0} == _asked(store, 'up{job="api"}', 1000)
    assert {"": 1.0} == _asked(store, "scrape_samples_scraped", 1000)
    assert (True, "", 1) == (one.health.is_up, one.health.reason, one.health.samples)


async def test_what_vanishes_has_ended(store: Store) -> None:
    """A series that is exposed no more ends at once, and may come back."""
    place = Place('hits{x="1"} 1\nhits{x="2"} 2\n')
    one = Target(place, OWN, 5.0, "")
    await one.collect(store, 1000)
    place.text = 'hits{x="1"} 3\n'
    await one.collect(store, 2000)
    assert {"1": 3.0} == _asked(store, "hits", 2000)
    place.text = 'hits{x="2"} 4\n'
    await one.collect(store, 3000)
    assert {"2": 4.0} == _asked(store, "hits", 3000)


@pytest.mark.parametrize("answer", [None, "no exposition", "0wrong 1"])
async def test_a_target_that_fails_is_down(store: Store, answer: str | None) -> None:
    """Where nobody answers, or not with an exposition, `up` is 0 and every series ends."""
    place = Place("hits 1\n")
    one = Target(place, OWN, 5.0, "")
    await one.collect(store, 1000)
    place.is_gone, place.text = answer is None, answer or ""
    await one.collect(store, 2000)
    assert {"": 0.0} == _asked(store, "up", 2000)
    assert {} == _asked(store, "hits", 2000)
    assert one.health.reason


async def test_too_much_is_refused(
    store: Store, books: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target that exposes more than is borne is down, and what it exposed is counted."""
    monkeypatch.setattr(target, "MOST_SAMPLES", 2)
    one = Target(Place("a 1\nb 1\nc 1\n"), OWN, 5.0, "")
    await one.collect(store, 1000)
    assert "exposes 3 samples, more than 2" == one.health.reason
    assert {} == _asked(store, "a", 1000)
    assert [("metrics", "target_limit", 3)] == books.drops()


async def test_forgotten_series_are_asked_for_anew(store: Store) -> None:
    """After the store forgot series their samples get new numbers."""
    place = Place("hits 1\n")
    one = Target(place, OWN, 5.0, "")
    await one.collect(store, 1000)
    store.cut(1000)
    store.cut(10 * block.LENGTH)
    later = 10 * block.LENGTH + 1000
    await one.collect(store, later)
    assert {"": 1.0} == _asked(store, "hits", later)


async def test_descriptions_are_remembered(store: Store) -> None:
    """What a target says of its metrics is kept."""
    one = Target(Place("# TYPE hits counter\nhits 1\n"), OWN, 5.0, "")
    await one.collect(store, 1000)
    assert "counter" == one.described["hits"].type
