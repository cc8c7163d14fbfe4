"""How telemetry itself is: who answers, what was lost, and who is silent."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final, Protocol, TypeVar

from groundplan_backend.errors import BackendError, TelemetryUnavailable
from groundplan_backend.telemetry import cluster_condition
from groundplan_backend.telemetry.ask import Place, within
from groundplan_backend.telemetry.schemas import Signal, SignalState, TelemetryState
from groundplan_backend.telemetry.sources import Condition, Logs, Metrics, Sample, Traces
from groundplan_backend.telemetry.store_condition import read

_SILENT: Final = "up == 0"
T = TypeVar("T")


class _Asked(Protocol):
    @property
    def kind(self) -> str: ...

    async def ask(self) -> None: ...


class ConditionService:
    """Asks everything once, at the same time."""

    def __init__(
        self,
        metrics: Metrics | None,
        traces: Traces | None,
        logs: Logs | None,
        store: Place | None,
        jobs: str = "",
    ) -> None:
        """Take who is asked; `jobs` are the platform's, separated by commas, empty for all."""
        self._metrics = metrics
        self._jobs = jobs.replace(",", "|")
        self._sources: dict[Signal, _Asked | None] = {
            "metrics": metrics,
            "traces": traces,
            "logs": logs,
        }
        self._store = store

    async def state(self) -> TelemetryState:
        """Return how it stands; this never fails because telemetry does."""
        signals, kept, silent = await asyncio.gather(
            asyncio.gather(*(_state(name, one) for name, one in self._sources.items())),
            self._kept(),
            self._silent(),
        )
        return TelemetryState(
            at=datetime.now(UTC),
            signals=list(signals),
            kept=list(kept.kept),
            drops=list(kept.drops),
            gaps=list(kept.gaps),
            silent=silent,
        )

    async def _kept(self) -> Condition:
        store, metrics = self._store, self._metrics
        if store is not None:
            return await _or(lambda: read(store), Condition())
        if metrics is not None:
            return await _or(lambda: within(cluster_condition.read(metrics)), Condition())
        return Condition()

    async def _silent(self) -> list[str]:
        metrics = self._metrics
        if metrics is None:
            return []
        nothing: list[Sample] = []
        asked = f'up{{job=~"{self._jobs}"}} == 0' if self._jobs else _SILENT
        found = await _or(lambda: metrics.now(asked), nothing)
        return sorted(one.labels.get("instance", one.labels.get("job", "")) for one in found)


async def _or(ask: Callable[[], Awaitable[T]], otherwise: T) -> T:
    try:
        return await ask()
    except BackendError:
        return otherwise


async def _state(signal: Signal, source: _Asked | None) -> SignalState:
    if source is None:
        return SignalState(
            signal=signal, kind="none", state="off", answered_ms=None, detail="not set up"
        )
    started, problem = time.perf_counter(), ""
    try:
        await source.ask()
    except TelemetryUnavailable as error:
        problem = error.detail
    took = round((time.perf_counter() - started) * 1000, 1)
    return SignalState(
        signal=signal,
        kind=source.kind,  # type: ignore[arg-type]
        state="down" if problem else "up",
        answered_ms=None if problem else took,
        detail=problem,
    )
