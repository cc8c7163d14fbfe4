"""Services at a glance: what is asked to know rate, errors and durations of all of them at once.

A service that counts its own requests is believed. For Envoy, nginx and services that count
nothing, Envoy's and nginx's own counts stand in. In a cluster nginx counts connections and no
more: its figures are Envoy's, of the requests that nginx passes on.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from groundplan_backend.telemetry.metric_schemas import Range, ServiceHealth
from groundplan_backend.telemetry.sources import Sample

_CLUSTER: Final = "envoy_cluster_name"
_OWN: Final = "http_server_request_duration_seconds"
_EDGE: Final = 'envoy_http_conn_manager_prefix="gateway"'
_FIVE: Final = 'envoy_response_code_class="5"'
_QUANTILES: Final = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
_NOT_SERVICES: Final = frozenset({"admin", "statistics", "jwks", "telemetry"})
"""Clusters that Envoy has for itself."""

Found = Mapping[str, list[Sample]]


def expressions(over: Range) -> dict[str, str]:
    """Return what is to be asked, by a word for each."""
    asked = {
        "up": "sum by (job) (up)",
        "replicas": "count by (job) (up)",
        "own rate": f"sum by (job) (rate({_OWN}_count[{over}]))",
        "own errors": f'sum by (job) (rate({_OWN}_count{{status=~"5.."}}[{over}]))',
        "nginx up": "sum by (job) (nginx_up)",
        "nginx rate": f"sum by (job) (rate(nginx_http_requests_total[{over}]))",
        "edge rate": f"sum by (job) (rate(envoy_http_downstream_rq_completed{{{_EDGE}}}[{over}]))",
        "edge errors": "sum by (job) "
        f"(rate(envoy_http_downstream_rq_xx{{{_EDGE},{_FIVE}}}[{over}]))",
        "cluster rate": f"sum by ({_CLUSTER}) (rate(envoy_cluster_upstream_rq_completed[{over}]))",
        "cluster errors": f"sum by ({_CLUSTER}) "
        f"(rate(envoy_cluster_upstream_rq_xx{{{_FIVE}}}[{over}]))",
    }
    edge = f"envoy_http_downstream_rq_time_bucket{{{_EDGE}}}"
    cluster = "envoy_cluster_upstream_rq_time_bucket"
    asked["own quantiles"] = _quantiles(f"{_OWN}_bucket", "job", over, " * 1000")
    asked["edge quantiles"] = _quantiles(edge, "job", over)
    asked["cluster quantiles"] = _quantiles(cluster, _CLUSTER, over)
    return asked


def services(found: Found) -> list[ServiceHealth]:
    """Return all services that were measured or should be, by name."""
    up, replicas = _by(found["up"], "job"), _by(found["replicas"], "job")
    measured = {
        word: _by(samples, _CLUSTER if word.startswith("cluster") else "job")
        for word, samples in _each(found)
    }
    called = set(measured["cluster rate"]) - _NOT_SERVICES
    return [
        ServiceHealth(
            service=name,
            replicas=_whole(replicas.get(name)),
            up=_whole(up.get(name)),
            requests_per_second=_first(measured, name, "rate"),
            error_ratio=_ratio(measured, name),
            p50_ms=_first(measured, name, "p50"),
            p95_ms=_first(measured, name, "p95"),
            p99_ms=_first(measured, name, "p99"),
        )
        for name in sorted(set(replicas) | called)
    ]


def _quantiles(buckets: str, label: str, over: str, scale: str = "") -> str:
    """Return one question for all quantiles: the buckets, which are the same, are read once."""
    rates = f"sum by ({label}, le) (rate({buckets}[{over}]))"
    return " or ".join(
        f'label_replace(histogram_quantile({each}, {rates}){scale}, "quantile", "{word}", "", "")'
        for word, each in _QUANTILES.items()
    )


def _each(found: Found) -> Iterator[tuple[str, list[Sample]]]:
    """Yield what was found by its word, quantiles one by one."""
    for word, samples in found.items():
        source, _, kind = word.partition(" ")
        if kind != "quantiles":
            yield word, samples
            continue
        for quantile in _QUANTILES:
            mine = [one for one in samples if one.labels.get("quantile") == quantile]
            yield f"{source} {quantile}", mine


def _by(samples: list[Sample], label: str) -> dict[str, float]:
    return {
        one.labels[label]: one.value
        for one in samples
        if label in one.labels and math.isfinite(one.value)
    }


def _source(measured: Mapping[str, Mapping[str, float]], name: str) -> str | None:
    """Return who counts a service's requests."""
    sources = ("own", "edge", "nginx", "cluster")
    return next((one for one in sources if name in measured[f"{one} rate"]), None)


def _first(measured: Mapping[str, Mapping[str, float]], name: str, word: str) -> float | None:
    source = _source(measured, name)
    if source is None and name in measured["nginx up"]:
        return _behind(measured, word)
    return measured.get(f"{source} {word}", {}).get(name)


def _behind(measured: Mapping[str, Mapping[str, float]], word: str) -> float | None:
    """Return what the gateway behind the edge measured, if it is only one."""
    found = list(measured.get(f"edge {word}", {}).values())
    return found[0] if len(found) == 1 else None


def _ratio(measured: Mapping[str, Mapping[str, float]], name: str) -> float | None:
    source = _source(measured, name)
    if source is None and name in measured["nginx up"]:
        rate, errors = _behind(measured, "rate") or 0.0, _behind(measured, "errors") or 0.0
        return errors / rate if rate > 0 else None
    if source is None or f"{source} errors" not in measured:
        return None
    rate = measured[f"{source} rate"][name]
    return measured[f"{source} errors"].get(name, 0.0) / rate if rate > 0 else None


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
