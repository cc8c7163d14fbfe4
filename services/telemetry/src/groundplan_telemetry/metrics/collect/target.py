"""One place that metrics are collected from: its series, what vanished, and how it is."""

import time
from array import array
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.collect import exposition
from groundplan_telemetry.metrics.collect.exposition import Description, ExpositionError
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.values import STALE
from groundplan_telemetry.metrics.storage.store import Store

Fetch = Callable[[], Awaitable[str]]
"""Gets an exposition; may raise what the network raises."""

MOST_SAMPLES: Final = 20_000
TOO_MANY: Final = "target_limit"


class CollectionError(Exception):
    """What a target answers cannot be taken in."""


@dataclass(slots=True)
class Health:
    """How the last collection went; times and lengths are in seconds."""

    is_up: bool = False
    reason: str = ""
    at: float = 0.0
    took: float = 0.0
    samples: int = 0


class Target:
    """Knows the series of a place by the texts that name them."""

    def __init__(self, fetch: Fetch, own: Mapping[str, str], interval: float, url: str) -> None:
        """Take what fetches an exposition, and the labels `job`, `instance` and more.

        Args:
            fetch: gets the exposition.
            own: labels that every series gets.
            interval: seconds between collections.
            url: where it is, to be shown.
        """
        self.interval, self.url, self.own = interval, url, dict(own)
        self.health = Health()
        self.described: dict[str, Description] = {}
        self._fetch = fetch
        self._numbers: dict[str, int | None] = {}
        self._generation = -1
        self._before: set[int] = set()

    async def collect(self, store: Store, at: int) -> None:
        """Collect once and put the samples into the store, with the time that is given."""
        began = time.perf_counter()
        text, reason = "", ""
        try:
            text = await self._fetch()
        except Exception as error:
            reason = f"{type(error).__name__}: {error}".removesuffix(": ")
        took = time.perf_counter() - began
        try:
            samples = self._taken(store, at, text) if not reason else self._ended(store, at)
        except (ExpositionError, CollectionError) as error:
            reason, samples = str(error), self._ended(store, at)
        self.health = Health(not reason, reason, at / 1000, took, samples)
        self._report(store, at)

    def _taken(self, store: Store, at: int, text: str) -> int:
        if self._generation != store.generation:
            self._numbers, self._generation = {}, store.generation
            self._before = set()
        numbers, values = array("q"), array("d")
        for line in exposition.lines(text):
            number = self._number(store, line.series)
            if number is not None:
                numbers.append(number)
                values.append(line.value)
        if len(numbers) > MOST_SAMPLES:
            store.refuse(TOO_MANY, len(numbers))
            raise CollectionError(f"exposes {len(numbers)} samples, more than {MOST_SAMPLES}")
        if not self.described:
            self.described = exposition.descriptions(text)
        self._put(store, at, numbers, values)
        return len(numbers)

    def _number(self, store: Store, series: str) -> int | None:
        try:
            return self._numbers[series]
        except KeyError:
            found = self._numbers[series] = store.number(self._labels(series))
            return found

    def _labels(self, series: str) -> Labels:
        name, found = exposition.labels(series)
        for each in self.own:
            if each in found:
                found[f"exported_{each}"] = found.pop(each)
        return labels.of({**found, **self.own, labels.NAME: name})

    def _put(self, store: Store, at: int, numbers: Whole, values: Real) -> None:
        present = set(numbers)
        for gone in self._before - present:
            numbers.append(gone)
            values.append(STALE)
        self._before = present
        store.append(at, numbers, values)

    def _ended(self, store: Store, at: int) -> int:
        self._put(store, at, array("q"), array("d"))
        return 0

    def _report(self, store: Store, at: int) -> None:
        figures = {
            "up": float(self.health.is_up),
            "scrape_duration_seconds": self.health.took,
            "scrape_samples_scraped": float(self.health.samples),
        }
        for name, value in figures.items():
            store.record(labels.of({**self.own, labels.NAME: name}), at, value)
