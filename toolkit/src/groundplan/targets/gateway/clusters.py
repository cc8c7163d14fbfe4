"""Clusters: how Envoy calls the services behind it, and when it stops calling a replica."""

from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.model.resilience import Breaker, Outlier, Resilience, Retries
from groundplan.model.service import Service
from groundplan.targets.gateway import endpoints, tls
from groundplan.targets.gateway.extension import Json, percent, typed
from groundplan.targets.gateway.parties import Parties

BUFFER = 32 * 1024
CONNECT = 0.5
IDLE = 15.0
IDLE_STRANGER = 1.5
"""Below the shortest keep-alive of common servers (gunicorn: 2 s): a request must not meet a
connection that its owner is just closing."""
BALANCING = {
    # With none left it is better to try one of them than to refuse everybody.
    "healthy_panic_threshold": {"value": 1},
    # Who falls ill or recovers is told to the workers at once, not once a second.
    "update_merge_window": "0s",
}
QUESTIONS = Resilience(
    breaker=Breaker(connections=16, pending=1024, requests=4096), retries=Retries(budget=1.0)
)
"""Questions are cheap, and one that fails refuses a caller: all of them may be asked again.

They wait for a connection rather than open one each: a burst must not become as many handshakes,
which take longer than the answers.
"""
ADMIN = "admin"
STREAMS = "HIGH"
"""The priority of routes that stream; Envoy counts what is under way by priority."""
STREAMS_FOR_ONE = 4
"""So many times what the breaker lets through may be streams: they last, but do little."""


def clusters(platform: Platform, placement: Placement, parties: Parties) -> list[Json]:
    """Return the clusters of all called services, in the order of the file."""
    names = dict(parties.routed)
    names[parties.authorization] = platform.services[parties.authorization]
    names[parties.backend] = platform.services[parties.backend]
    ordered = [name for name in platform.services if name in names]
    return [
        _authorization(placement, name, names[name])
        if name == parties.authorization
        else _routed(placement, name, names[name])
        for name in ordered
    ]


def admin(path: str) -> Json:
    """Return the cluster of Envoy's own administration socket, for the statistics."""
    address = {"endpoint": {"address": {"pipe": {"path": path}}}}
    return {
        "name": ADMIN,
        "type": "STATIC",
        "load_assignment": {"cluster_name": ADMIN, "endpoints": [{"lb_endpoints": [address]}]},
    }


def _routed(placement: Placement, name: str, service: Service) -> Json:
    return {
        **_cluster(placement, name, CONNECT, IDLE_STRANGER if service.is_own else IDLE),
        "circuit_breakers": _breakers(service.resilience),
        "outlier_detection": _outlier(service.resilience.outlier),
        "health_checks": [_health_check(service)],
    }


def _authorization(placement: Placement, name: str, service: Service) -> Json:
    probe = service.effective_probes.readiness
    patience = {"interval": "1s", "no_traffic_interval": "1s", "timeout": "0.2s"}
    return {
        # A try ends by itself. A handshake goes on, or the next try would begin it anew.
        **_cluster(placement, name, CONNECT, IDLE),
        # In turn: the second try is sure to meet another replica than the first.
        "lb_policy": "ROUND_ROBIN",
        "circuit_breakers": _breakers(QUESTIONS, repeats=64),
        # Two answers that do not come are enough: each one is a caller who was refused.
        "outlier_detection": _outlier(
            Outlier(consecutive_errors=2, interval=1.0, ejection=2.0, max_ejected=0.5)
        ),
        "health_checks": [_check(probe.path, {**patience, "unhealthy_threshold": 2})],
    }


def _cluster(placement: Placement, name: str, connect: float, idle: float) -> Json:
    return {
        "name": name,
        **_location(placement, name),
        **tls.upstream(placement, name),
        "connect_timeout": seconds(connect),
        "per_connection_buffer_limit_bytes": BUFFER,
        "lb_policy": "LEAST_REQUEST",
        "common_lb_config": BALANCING,
        "ignore_health_on_host_removal": True,
        "upstream_connection_options": {"tcp_keepalive": {"keepalive_time": 30}},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": typed(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                common_http_protocol_options={"idle_timeout": seconds(idle)},
                explicit_http_config={"http_protocol_options": {}},
                outlier_detection={"error_matcher": _fault()},
            )
        },
    }


def _fault() -> Json:
    """Match answers that speak against the replica; a 503 speaks against what it depends on."""
    status = {"name": ":status", "string_match": {"safe_regex": {"regex": "50[0124]"}}}
    return {"http_response_headers_match": {"headers": [status]}}


def _location(placement: Placement, name: str) -> Json:
    if placement.discovery is Discovery.NAMES:
        return {
            "type": "STRICT_DNS",
            "dns_refresh_rate": "5s",
            "respect_dns_ttl": True,
            "load_assignment": endpoints.assignment(name, placement.of(name)),
        }
    return {
        "type": "EDS",
        "eds_cluster_config": {"eds_config": endpoints.source(placement, name)},
    }


def _breakers(resilience: Resilience, repeats: int = 5) -> Json:
    """Count streams apart: they last, and must not use up what short requests need."""
    budget = {
        "budget_percent": percent(resilience.retries.budget),
        "min_retry_concurrency": repeats,
    }
    return {
        "thresholds": [
            _threshold(resilience.breaker, 1, budget),
            {"priority": STREAMS, **_threshold(resilience.breaker, STREAMS_FOR_ONE, budget)},
        ]
    }


def _threshold(breaker: Breaker, times: int, budget: Json) -> Json:
    return {
        "max_connections": breaker.connections * times,
        "max_pending_requests": breaker.pending * times,
        "max_requests": breaker.requests * times,
        "retry_budget": budget,
        "track_remaining": True,
    }


def _outlier(outlier: Outlier) -> Json:
    return {
        "consecutive_5xx": outlier.consecutive_errors,
        "consecutive_gateway_failure": outlier.consecutive_errors,
        "enforcing_consecutive_gateway_failure": 100,
        # Needs more replicas than most tiers have; failures in a row say it sooner.
        "enforcing_success_rate": 0,
        "interval": seconds(outlier.interval),
        "base_ejection_time": seconds(outlier.ejection),
        "max_ejection_time": seconds(outlier.ejection * 6),
        "max_ejection_percent": round(outlier.max_ejected * 100),
        "always_eject_one_host": True,
    }


def _health_check(service: Service) -> Json:
    probe = service.effective_probes.readiness
    period = seconds(probe.period)
    return _check(
        probe.path,
        {
            "interval": period,
            "no_traffic_interval": period,
            "timeout": seconds(probe.timeout),
            "unhealthy_threshold": probe.failures,
        },
    )


def _check(path: str | None, patience: Json) -> Json:
    return {
        **patience,
        "healthy_threshold": 1,
        "unhealthy_interval": "0.5s",
        **({"http_health_check": {"path": path}} if path else {"tcp_health_check": {}}),
    }
