"""What Prometheus collects: one PodMonitor for each program that shows figures.

Series carry the same names as on one machine: `job` is the component, `instance` the pod. Those of
the platform stand in its own namespace, where the authority is that its pods trust.
"""

from collections.abc import Iterator
from typing import Any, Final

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.quantity import seconds
from groundplan.model.service import Kind
from groundplan.targets.monitoring import arrows
from groundplan.targets.monitoring.collector import part
from groundplan.targets.monitoring.manifest import Maker, Object

KIND: Final = "monitoring.coreos.com/v1 PodMonitor"
"""Pods are asked, not services: some of their ports have none, and each pod is a series."""
_ENVOY: Final = "/stats/prometheus"
_PATH: Final = "/metrics"
_MOST: Final = 20_000
"""Series of one pod; more would be a label that never ends."""
_JOBS: Final = {flow.CACHE_EXPORTER: CACHE, flow.DATABASE_EXPORTER: DATABASE}
"""Exporters speak for a store, so their series bear its name."""


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the monitors."""
    return [
        *(_of_service(platform, placement, name) for name in _measured(platform)),
        *(_of_exporter(platform, placement, name) for name in flow.exporters(platform)),
        _plain(platform, placement, flow.COLLECTOR, platform.name, "figures"),
        _plain(platform, placement, part.GATEWAY, "monitoring", "figures", "metrics"),
        _plain(platform, placement, "jaeger", "monitoring", "figures"),
        _of_certificates(platform, placement),
    ]


def _measured(platform: Platform) -> Iterator[str]:
    return (name for name in platform.services if flow.shows_figures(platform, name))


def _of_service(platform: Platform, placement: Placement, name: str) -> Object:
    """Return the monitor of a service; of the edge and the gateway other ports are asked."""
    kind = platform.services[name].kind
    path = _ENVOY if kind is Kind.GATEWAY else _PATH
    port = {Kind.STATIC: "figures", Kind.GATEWAY: "statistics"}.get(kind, _port(placement))
    return _monitor(platform, placement, name, name, port, path)


def _of_exporter(platform: Platform, placement: Placement, name: str) -> Object:
    return _monitor(platform, placement, name, _JOBS[name], "figures", _PATH)


def _of_certificates(platform: Platform, placement: Placement) -> Object:
    """Return the monitor of who makes certificates, those of all namespaces.

    What it tells of a certificate has the certificate's own namespace.
    """
    monitor = _plain(platform, placement, arrows.CERTIFICATES, arrows.CERTIFICATES, "http-metrics")
    [endpoint] = monitor["spec"]["podMetricsEndpoints"]
    endpoint["honorLabels"] = True
    return monitor


def _monitor(
    platform: Platform, placement: Placement, name: str, job: str, port: str, path: str
) -> Object:
    """Return the monitor of pods that speak TLS; some of their ports have no Service."""
    endpoint = {**_endpoint(platform, job, port), "path": path, "scheme": _scheme(placement)}
    if placement.is_encrypted:
        endpoint["tlsConfig"] = {
            "ca": {"secret": {"name": f"{name}-tls", "key": "ca.crt"}},
            "serverName": f"{name}.{platform.name}.svc",
        }
    return _pods(Maker(platform, placement, name, platform.name), [endpoint])


def _plain(
    platform: Platform, placement: Placement, name: str, namespace: str, *ports: str
) -> Object:
    """Return the monitor of a program that shows its own figures without TLS."""
    endpoints = [
        {
            **_endpoint(platform, name, port),
            "path": _PATH,
            "scheme": "http",
            # What services of users sent bears the names that they gave it.
            **({"honorLabels": True} if port == "metrics" else {}),
        }
        for port in ports
    ]
    return _pods(Maker(platform, placement, name, namespace), endpoints)


def _pods(maker: Maker, endpoints: list[dict[str, Any]]) -> Object:
    spec = {"selector": maker.selector, "sampleLimit": _MOST, "podMetricsEndpoints": endpoints}
    return maker.make(KIND, {"spec": spec})


def _endpoint(platform: Platform, job: str, port: str) -> dict[str, Any]:
    relabelings = [
        {"targetLabel": "job", "replacement": job},
        {"sourceLabels": ["__meta_kubernetes_pod_name"], "targetLabel": "instance"},
    ]
    return {
        "port": port,
        "interval": seconds(platform.observability.metrics.interval),
        "scrapeTimeout": "10s",
        "relabelings": relabelings,
    }


def _port(placement: Placement) -> str:
    return "https" if placement.is_encrypted else "http"


def _scheme(placement: Placement) -> str:
    return "https" if placement.is_encrypted else "http"
