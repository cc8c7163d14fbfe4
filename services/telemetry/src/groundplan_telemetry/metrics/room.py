"""The room of metrics: collects, keeps, answers queries, evaluates rules, and tells of alerts."""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from groundplan_telemetry import settings, times
from groundplan_telemetry.http.reply import Refused, Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.metrics import targets
from groundplan_telemetry.metrics.api import Api, answered
from groundplan_telemetry.metrics.collect.collector import Collector
from groundplan_telemetry.metrics.collect.exposition import CONTENT_TYPE
from groundplan_telemetry.metrics.collect.target import Target
from groundplan_telemetry.metrics.rules import load
from groundplan_telemetry.metrics.rules.engine import Engine, alert_shown
from groundplan_telemetry.metrics.rules.load import Group, RuleError
from groundplan_telemetry.metrics.rules.notifier import Notifier
from groundplan_telemetry.metrics.storage import store
from groundplan_telemetry.metrics.storage.store import Store
from groundplan_telemetry.settings import Receiver
from groundplan_telemetry.state import State

FOLDER: Final = "metrics"
FLUSH_EVERY: Final = 1.0
"""Seconds of samples that a process which dies may take along."""
ABSENT: Final = 15_000
"""Milliseconds without a sample that are a gap, and not just the time between two."""
PREFIX: Final = "groundplan_telemetry_"

log = structlog.get_logger()


def make(state: State) -> "Metrics":
    """Return the room, its samples read back.

    Raises:
        SettingError: the receiver's key cannot be read.
        OSError: the folder cannot be used.
    """
    return Metrics(state)


class Metrics:
    """Everything about metrics of one store."""

    def __init__(self, state: State) -> None:
        given = state.settings
        self._state = state
        folder = state.folder / FOLDER
        self._store = Store(folder, state.room("metrics"), given.limits.keep, state.ledger)
        self._store.end_absent(time.time_ns() // 1_000_000 - ABSENT)
        self._api = Api(self._store, state.apart)
        self._sources = targets.Sources(state.requests)
        self._collector = Collector(self._store, self._sources.targets(given))
        self._notifier = self._notified(given.alerts) if given.alerts else None
        heard = self._notifier.hear if self._notifier else (lambda _: None)
        self._engine = Engine(
            self._store, _groups(given.rules), given.external_labels, asyncio.to_thread, heard
        )
        self._keeper: asyncio.Task[None] | None = None

    def _notified(self, told: Receiver) -> Notifier:
        file = self._state.folder / FOLDER / "alerts.json"
        key = settings.secret(told.key_file)
        external = self._state.settings.external_labels
        return Notifier(told.urls, key, told.authority, file, external)

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""
        return (
            *self._api.routes(),
            Route("GET", "/api/v1/rules", answered(self._rules)),
            Route("GET", "/api/v1/alerts", answered(self._alerts)),
            Route("GET", "/api/v1/targets", answered(self._targets)),
            Route("GET", "/api/v1/metadata", answered(self._metadata)),
            Route("GET", "/exporters/{instance}", self._exporter),
        )

    async def start(self) -> None:
        """Begin to collect, to evaluate and to tell."""
        self._collector.start()
        self._engine.start()
        if self._notifier is not None:
            self._notifier.start()
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def close(self) -> None:
        """End that, and put on the disk what is still in memory."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        await self._collector.close()
        await self._engine.close()
        if self._notifier is not None:
            await self._notifier.close()
        await self._sources.close()
        await self._state.apart(self._store.close)

    async def _keep(self) -> None:
        cut_at = time.monotonic() + store.CUT / 1000
        while True:
            await asyncio.sleep(FLUSH_EVERY)
            try:
                if time.monotonic() < cut_at:
                    await asyncio.shield(asyncio.to_thread(self._store.flush))
                else:
                    cut_at = time.monotonic() + store.CUT / 1000
                    now = time.time_ns() // 1_000_000
                    await asyncio.shield(asyncio.to_thread(self._store.cut, now))
            except Exception:
                log.exception("metrics.not_kept")

    async def _exporter(self, asked: Request) -> Reply:
        """Show what an exporter says, for a Prometheus that runs beside this store."""
        instance = asked.parts["instance"]
        fetch = self._sources.exporters.get(instance)
        if fetch is None:
            raise Refused(404, "not_found", f"No exporter here looks at {instance}.")
        try:
            return Reply((await fetch()).encode(), CONTENT_TYPE)
        except Exception as error:
            raise Refused(503, "not_collected", f"{instance} does not answer.") from error

    async def _rules(self, asked: Request) -> Any:
        kind = {"alert": "alerting", "record": "recording"}.get(asked.text("type"), "")
        groups = [running.shown() for running in self._engine.groups]
        for group in groups:
            group["rules"] = [r for r in group["rules"] if kind in ("", r["type"])]
        return {"groups": groups}

    async def _alerts(self, _: Request) -> Any:
        return {"alerts": [alert_shown(alert) for alert in self._engine.alerts()]}

    async def _targets(self, _: Request) -> Any:
        active = [targets.shown(each) for each in self._collector.targets]
        return {"activeTargets": active, "droppedTargets": []}

    async def _metadata(self, asked: Request) -> Any:
        found: dict[str, list[dict[str, str]]] = {}
        for target in self._collector.targets:
            for name, said in target.described.items():
                one = {"type": said.type, "help": said.help, "unit": ""}
                if asked.text("metric", name) == name and one not in found.get(name, []):
                    found.setdefault(name, []).append(one)
        return found

    def figures(self) -> Iterator[Metric]:
        """Return its metrics of this moment."""
        yield _gauge("metric_series", "Series that are told apart", self._store.series_count)
        yield _gauge("metric_bytes", "Bytes that samples take on the disk", self._store.size)
        up = GaugeMetricFamily(
            f"{PREFIX}scrape_up", "1 while a target answers", labels=["scraped", "replica"]
        )
        for target in self._collector.targets:
            up.add_metric(_names(target), float(target.health.is_up))
        yield up
        yield _gauge("alerts_waiting", "Alerts that the receiver has not heard of", self._waiting)
        told = CounterMetricFamily(
            f"{PREFIX}notifications", "Calls of the receiver of alerts", labels=["result"]
        )
        told.add_metric(["heard"], self._notifier.sent if self._notifier else 0)
        told.add_metric(["failed"], self._notifier.failed if self._notifier else 0)
        yield told

    @property
    def _waiting(self) -> int:
        return self._notifier.waiting if self._notifier else 0

    def state(self) -> Mapping[str, Any]:
        """Return what is said of it to people."""
        oldest = self._store.oldest
        return {
            "metrics": {
                "bytes": self._store.size,
                "most_bytes": self._state.room("metrics"),
                "oldest": None if oldest is None else times.written(oldest * 1000),
                "series": self._store.series_count,
                "targets": [targets.shown(each) for each in self._collector.targets],
                "alerts_waiting": self._waiting,
            }
        }


def _groups(files: Sequence[str]) -> list[Group]:
    found: list[Group] = []
    for file in files:
        try:
            found += load.load(Path(file))
        except RuleError as error:
            # Signals are worth more than rules: the store runs without a file that is wrong.
            log.warning("rules.refused", file=file, reason=str(error))
    return found


def _names(target: Target) -> list[str]:
    return [target.own["job"], target.own["instance"]]


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, text, value=value)
