"""How telemetry stands, whatever of it does not."""

from typing import Any

from groundplan_backend.errors import TelemetryUnavailable
from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.condition import ConditionService
from groundplan_backend.telemetry.sources import Sample


class Asked:
    """A keeper that answers, or does not."""

    def __init__(self, kind: str, *, is_up: bool = True) -> None:
        self.kind = kind
        self._is_up = is_up

    async def ask(self) -> None:
        """Answer."""
        if not self._is_up:
            raise TelemetryUnavailable("no answer")

    async def now(self, expression: str) -> list[Sample]:
        """Name who is silent."""
        await self.ask()
        if expression != "up == 0":
            return []
        return [Sample({"job": "backend", "instance": name}, 0) for name in ("b-2", "b-1")]

    async def over(self, expression: str, moments: list[int], every: int) -> list[Any]:
        """Know of nothing."""
        return []


def _made(metrics: Any, traces: Any, logs: Any, store: Place | None = None) -> ConditionService:
    return ConditionService(metrics, traces, logs, store)


async def test_each_signal_is_told_by_itself() -> None:
    """One that is down says why, one that is not set up is off."""
    service = _made(Asked("prometheus"), Asked("jaeger", is_up=False), None)
    state = await service.state()
    shown = {one.signal: (one.kind, one.state, one.detail) for one in state.signals}
    assert {
        "metrics": ("prometheus", "up", ""),
        "traces": ("jaeger", "down", "no answer"),
        "logs": ("none", "off", "not set up"),
    } == shown
    answered = {one.signal: one.answered_ms is None for one in state.signals}
    assert {"metrics": False, "traces": True, "logs": True} == answered
    assert ["b-1", "b-2"] == state.silent


async def test_only_the_silence_of_the_platform_is_told() -> None:
    """A cluster measures more than it."""
    asked: list[str] = []

    class Listens(Asked):
        async def now(self, expression: str) -> list[Sample]:
            asked.append(expression)
            return []

    await ConditionService(Listens("prometheus"), None, None, None, "backend,cache").state()  # type: ignore[arg-type]
    assert 'up{job=~"backend|cache"} == 0' in asked
    await ConditionService(Listens("prometheus"), None, None, None).state()  # type: ignore[arg-type]
    assert "up == 0" in asked


async def test_a_cluster_tells_what_prometheus_knows_of_losses() -> None:
    """Where there is no store, and metrics are kept."""

    class Knows(Asked):
        async def now(self, expression: str) -> list[Sample]:
            return [Sample({"reason": "refused"}, 3.0)] if "increase" in expression else []

    state = await _made(Knows("prometheus"), None, None).state()
    assert [("traces", "refused", 3)] == [
        (one.signal, one.reason, one.count) for one in state.drops
    ]


async def test_a_store_tells_what_it_lost(keeper: Any) -> None:
    """Drops and gaps stand as it says; sizes too."""
    keeper.says(
        "/state",
        {
            "drops": [{"signal": "logs", "reason": "full", "records": 7}],
            "gaps": [
                {
                    "signal": "all",
                    "reason": "stopped",
                    "from": "2026-11-23T06:00:00.000000Z",
                    "to": "2026-11-23T06:05:00.000000Z",
                    "records": 0,
                }
            ],
            "signals": {
                "logs": {"bytes": 10, "records": 3, "oldest": "2026-11-23T05:00:00Z"},
                "metrics": {"bytes": 20, "oldest": 1_795_410_000_000_000},
            },
            "limits": {"bytes": 100},
        },
    )
    state = await _made(None, None, None, store=Place(keeper.url)).state()
    assert [("logs", "full", 7)] == [(one.signal, one.reason, one.count) for one in state.drops]
    assert [("all", "stopped", 0)] == [(one.signal, one.reason, one.lost) for one in state.gaps]
    kept = {one.signal: (one.items, one.bytes) for one in state.kept}
    assert {"logs": (3, 10), "metrics": (None, 20)} == kept
    assert all(one.oldest is not None and one.oldest.year == 2026 for one in state.kept)


async def test_a_store_that_is_down_takes_nothing_with_it() -> None:
    """The answer has less in it, and is still one."""
    service = _made(
        Asked("prometheus", is_up=False), None, None, store=Place("http://127.0.0.1:9")
    )
    state = await service.state()
    assert ([], [], [], []) == (state.kept, state.drops, state.gaps, state.silent)
