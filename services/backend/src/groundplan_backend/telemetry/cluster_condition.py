"""What Prometheus knows of signals that a cluster lost: spans by reason, and times without any.

A cluster has no store that keeps books. Its services and collectors count what they lose, `up`
says when nobody handed spans on, kube-state-metrics when no pod was ready to take lines, and no
figures at all say that Prometheus itself was away.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from groundplan_backend.telemetry.schemas import Drop, Gap
from groundplan_backend.telemetry.sources import Condition, Metrics, Points, Sample

_DAY: Final = 86_400
_EVERY: Final = 120
"""Seconds between two looks; Prometheus believes a sample for longer than that."""
_LOST: Final = " or ".join(
    f'label_replace(sum(increase({counter}[1d])), "reason", "{reason}", "", "")'
    for counter, reason in (
        ('tracing_spans_total{outcome="queue_full"}', "queue_full"),
        ('tracing_spans_total{outcome="refused"}', "refused"),
        ("otelcol_exporter_send_failed_spans_total", "send_failed"),
        ("otelcol_exporter_enqueue_failed_spans_total", "collector_full"),
        ("otelcol_receiver_refused_spans_total", "collector_refused"),
    )
)
_SENDERS: Final = {
    job: f'absent(up{{job="{job}"}} == 1)' for job in ("collector", "collector-gateway", "jaeger")
}
_COUNTED: Final = "on() count(kube_node_info)"
"""Where nobody counts pods, none is said to be away."""
_READY: Final = {
    name: f"absent({ready} > 0) and {_COUNTED}"
    for name, ready in {
        "elasticsearch": "kube_statefulset_status_replicas_ready"
        '{namespace="monitoring",statefulset=~"elasticsearch-es-.+"}',
        "logstash": "kube_statefulset_status_replicas_ready"
        '{namespace="monitoring",statefulset="logstash-ls"}',
        "fluentd": "kube_daemonset_status_number_ready"
        '{namespace="node-agents",daemonset="fluentd"}',
    }.items()
}
_KEEPERS: Final = {
    "traces": {**_SENDERS, "elasticsearch": _READY["elasticsearch"]},
    "logs": _READY,
}
"""By signal: through whom it goes, and when he was away."""
_AWAY: Final = " or ".join(
    f'label_replace(label_replace({away}, "job", "{name}", "", ""), "signal", "{signal}", "", "")'
    for signal, keepers in _KEEPERS.items()
    for name, away in keepers.items()
)
_THERE: Final = "count(up)"


async def read(metrics: Metrics) -> Condition:
    """Return what was lost within a day.

    Raises:
        TelemetryUnavailable: there is no answer in time.
        QueryRefused: an expression is refused.
    """
    now = int(time.time())
    moments = list(range(now - _DAY, now + 1, _EVERY))
    lost, away, there = await asyncio.gather(
        metrics.now(_LOST),
        metrics.over(_AWAY, moments, _EVERY),
        metrics.over(_THERE, moments, _EVERY),
    )
    return Condition(drops=tuple(_drops(lost)), gaps=tuple(_gaps(away, there, moments)))


def _drops(lost: list[Sample]) -> Iterator[Drop]:
    for one in lost:
        if (count := round(one.value)) > 0:
            yield Drop(signal="traces", reason=one.labels.get("reason", ""), count=count)


def _gaps(away: list[Points], there: list[Points], moments: list[int]) -> Iterator[Gap]:
    """Yield when nobody took a signal, and when nobody measured; before its first look is none.

    Earlier than that, Prometheus was not set up or has forgotten.
    """
    seen = {at for one in there for at in one.values}
    begun = [at for at in moments if seen and at >= min(seen)]
    yield from _runs("metrics", "stopped", [at not in seen for at in begun], begun)
    for one in away:
        reason = f"{one.labels.get('job', '')} down"
        signal = one.labels.get("signal", "")
        yield from _runs(signal, reason, [at in one.values for at in moments], moments)


def _runs(signal: str, reason: str, is_gap: list[bool], moments: list[int]) -> Iterator[Gap]:
    start: int | None = None
    for at, missing in zip(moments, is_gap, strict=True):
        if missing and start is None:
            start = at
        elif not missing and start is not None:
            yield _gap(signal, reason, start, at)
            start = None
    if start is not None:
        yield _gap(signal, reason, start, None)


def _gap(signal: str, reason: str, start: int, end: int | None) -> Gap:
    until = None if end is None else _moment(end)
    return Gap(signal=signal, start=_moment(start), end=until, reason=reason, lost=0)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
