"""What a cluster's Prometheus says of signals that were lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import promql_parser
import pytest

from groundplan_backend.errors import TelemetryUnavailable
from groundplan_backend.telemetry import cluster_condition
from groundplan_backend.telemetry.sources import Points, Sample

Picks = Callable[[list[int]], list[int]]


class Prometheus:
    """Answers what it was told to: samples, and series of some of the moments."""

    def __init__(
        self, lost: list[Sample], away: dict[tuple[str, str], Picks], there: Picks
    ) -> None:
        self._lost, self._away, self._there = lost, away, there

    async def now(self, expression: str) -> list[Sample]:
        """Return what was lost."""
        assert "increase(" in expression
        return self._lost

    async def over(self, expression: str, moments: list[int], every: int) -> list[Points]:
        """Return who was away, or when somebody measured."""
        assert every < 300
        if "absent" not in expression:
            return [Points({}, dict.fromkeys(self._there(moments), 9.0))]
        return [
            Points({"signal": signal, "job": job}, dict.fromkeys(pick(moments), 1.0))
            for (signal, job), pick in self._away.items()
        ]


async def _read(
    lost: list[Sample], away: dict[tuple[str, str], Picks], there: Picks = lambda moments: moments
) -> Any:
    return await cluster_condition.read(Prometheus(lost, away, there))  # type: ignore[arg-type]


async def test_what_is_whole_has_no_holes() -> None:
    """Counters that stand still are no loss, and nobody was away."""
    found = await _read([Sample({"reason": "refused"}, 0.2)], {})
    assert ((), ()) == (found.drops, found.gaps)


async def test_losses_are_told_by_their_reason() -> None:
    """Rounded, for Prometheus guesses at both ends of a time."""
    found = await _read([Sample({"reason": "send_failed"}, 41.7)], {})
    assert [("traces", "send_failed", 42)] == [
        (one.signal, one.reason, one.count) for one in found.drops
    ]


async def test_who_was_away_leaves_a_gap_and_one_that_lasts_has_no_end() -> None:
    """From the first look that missed him to the first that found him."""
    away: dict[tuple[str, str], Picks] = {
        ("traces", "jaeger"): lambda at: at[10:15],
        ("traces", "collector"): lambda at: at[-3:],
        ("logs", "logstash"): lambda at: at[-3:],
    }
    found = await _read([], away)
    told = {one.reason: (one.signal, one.end) for one in found.gaps}
    assert ("traces", None) == told["collector down"]
    assert ("logs", None) == told["logstash down"]
    ended = next(one for one in found.gaps if one.reason == "jaeger down")
    assert timedelta(seconds=600) == ended.end - ended.start


async def test_a_prometheus_that_was_away_leaves_one_too() -> None:
    """But the time before its first look is none: it was not there yet."""
    found = await _read([], {}, lambda at: at[100:200] + at[230:])
    ((signal, reason, lasted),) = [
        (one.signal, one.reason, one.end - one.start) for one in found.gaps
    ]
    assert ("metrics", "stopped", timedelta(seconds=3600)) == (signal, reason, lasted)


async def test_one_that_was_never_there_has_no_gap() -> None:
    """Nothing is known of such a time."""
    assert () == (await _read([], {}, lambda at: [])).gaps


async def test_all_through_whom_a_signal_goes_are_asked_about() -> None:
    """In Prometheus' language; of pods only where somebody counts them."""
    asked: list[str] = []

    class Curious(Prometheus):
        async def over(self, expression: str, moments: list[int], every: int) -> list[Points]:
            promql_parser.parse(expression)
            asked.append(expression)
            return await super().over(expression, moments, every)

    await cluster_condition.read(Curious([], {}, lambda at: at))  # type: ignore[arg-type]
    (away,) = [each for each in asked if "absent" in each]
    for name in (
        "collector",
        "collector-gateway",
        "jaeger",
        "elasticsearch",
        "logstash",
        "fluentd",
    ):
        assert f'"job", "{name}"' in away
    assert away.count("_ready{") == away.count("and on() count(kube_node_info)") == 4


async def test_no_answer_is_an_error_of_its_own() -> None:
    """Who asks decides what to do without."""

    class Down(Prometheus):
        async def now(self, expression: str) -> list[Sample]:
            raise TelemetryUnavailable("no answer")

    with pytest.raises(TelemetryUnavailable):
        await cluster_condition.read(Down([], {}, lambda at: at))  # type: ignore[arg-type]
