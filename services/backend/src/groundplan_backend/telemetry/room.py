"""The wiring of telemetry: who is asked for which signal, by the settings."""

from typing import Any, Final

from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Settings
from groundplan_backend.telemetry.alerts import AlertService
from groundplan_backend.telemetry.ask import Place, basic, bearer
from groundplan_backend.telemetry.condition import ConditionService
from groundplan_backend.telemetry.controller import TelemetryController
from groundplan_backend.telemetry.elasticsearch import Elasticsearch
from groundplan_backend.telemetry.follow import Followers
from groundplan_backend.telemetry.jaeger import Jaeger
from groundplan_backend.telemetry.log_controller import LogController
from groundplan_backend.telemetry.metric_controller import MetricController
from groundplan_backend.telemetry.metric_service import MetricService
from groundplan_backend.telemetry.objectives import ObjectiveService
from groundplan_backend.telemetry.prometheus import Prometheus
from groundplan_backend.telemetry.runbooks import Runbooks
from groundplan_backend.telemetry.sources import Logs, Metrics, Traces
from groundplan_backend.telemetry.store_logs import StoreLogs
from groundplan_backend.telemetry.store_traces import StoreTraces
from groundplan_backend.telemetry.trace_controller import TraceController

PUBLISHED: Final = (MetricController, TraceController, LogController, TelemetryController)
_STORE: Final = "store"


class Telemetry:
    """Everything that telemetry is made of, in one replica."""

    def __init__(self, redis: Redis, settings: Settings) -> None:
        self._settings = settings
        self._places: list[Place] = []
        self._metrics = self._find_metrics()
        self._traces = self._find_traces()
        self._logs = self._find_logs()
        self._store = self._find_store()
        self._followers = Followers(redis, settings.access_token_ttl)

    def controllers(self) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        metrics = self._metrics
        return [
            MetricController(
                MetricService(metrics, self._settings.scrape_interval),
                ObjectiveService(metrics),
                AlertService(metrics),
            ),
            TraceController(self._traces),
            LogController(self._logs, self._followers),
            TelemetryController(
                ConditionService(
                    metrics, self._traces, self._logs, self._store, self._settings.metrics_jobs
                ),
                Runbooks(),
            ),
        ]

    def leave(self) -> None:
        """Let every follower go to another replica, so that this one can end."""
        self._followers.close()

    async def close(self) -> None:
        """Close what is open."""
        for place in self._places:
            await place.close()

    def _find_metrics(self) -> Metrics | None:
        url = self._settings.metrics_url
        return Prometheus(self._place(url)) if url else None

    def _find_traces(self) -> Traces | None:
        url = self._settings.traces_url
        if not url:
            return None
        return (StoreTraces if self._settings.traces_kind == _STORE else Jaeger)(self._place(url))

    def _find_logs(self) -> Logs | None:
        settings = self._settings
        if not settings.logs_url:
            return None
        if settings.logs_kind == _STORE:
            return StoreLogs(self._place(settings.logs_url))
        shown = basic(settings.logs_user, settings.logs_password)
        return Elasticsearch(self._place(settings.logs_url, shown), settings.logs_index)

    def _find_store(self) -> Place | None:
        """Return the store of one machine, where it keeps traces or logs."""
        settings = self._settings
        for url, kind in (
            (settings.traces_url, settings.traces_kind),
            (settings.logs_url, settings.logs_kind),
        ):
            if url and kind == _STORE:
                return self._place(url)
        return None

    def _place(self, url: str, shown: str | None = None) -> Place:
        settings = self._settings
        authority = settings.telemetry_authority_file or settings.authority
        place = Place(url, shown or bearer(settings.telemetry_key), authority)
        self._places.append(place)
        return place
