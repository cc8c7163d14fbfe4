"""Services at a glance, from samples as Prometheus gives them."""

import math

import promql_parser
import pytest

from groundplan_backend.telemetry import glance
from groundplan_backend.telemetry.sources import Sample


def _found(**samples: dict[str, float]) -> dict[str, list[Sample]]:
    found: dict[str, list[Sample]] = {word: [] for word in glance.expressions("5m")}
    for word, values in samples.items():
        name = word.replace("_", " ")
        label = "envoy_cluster_name" if name.startswith("cluster") else "job"
        source, _, word = name.partition(" ")
        more = {"quantile": word} if word.startswith("p") else {}
        asked = found[f"{source} quantiles" if more else name]
        asked += [Sample({label: job, **more}, value) for job, value in values.items()]
    return found


@pytest.mark.parametrize("over", ["5m", "3d"])
def test_every_expression_can_be_read(over: str) -> None:
    """Each over the time that was asked for."""
    for expression in glance.expressions(over).values():  # type: ignore[arg-type]
        promql_parser.parse(expression)


def test_a_service_is_believed_about_itself() -> None:
    """Its own counts go before those of who calls it; no errors is none, not unknown."""
    found = _found(
        up={"backend": 1},
        replicas={"backend": 2},
        own_rate={"backend": 10.0},
        own_p95={"backend": 25.0},
        cluster_rate={"backend": 99.0},
        cluster_errors={"backend": 9.0},
    )
    (health,) = glance.services(found)
    assert (1, 2, 10.0) == (health.up, health.replicas, health.requests_per_second)
    assert (0.0, 25.0, None) == (health.error_ratio, health.p95_ms, health.p99_ms)


def test_envoy_and_nginx_speak_for_who_counts_nothing() -> None:
    """A program of the user's is measured by the gateway; gateway and edge by themselves."""
    found = _found(
        replicas={"gateway": 1, "frontend": 1},
        edge_rate={"gateway": 4.0},
        edge_errors={"gateway": 1.0},
        nginx_rate={"frontend": 8.0},
        cluster_rate={"orders": 2.0, "admin": 1.0},
        cluster_p50={"orders": 3.0},
    )
    shown = {one.service: one for one in glance.services(found)}
    assert ["frontend", "gateway", "orders"] == list(shown)
    assert (0.25, None) == (shown["gateway"].error_ratio, shown["frontend"].error_ratio)
    assert (8.0, 3.0) == (shown["frontend"].requests_per_second, shown["orders"].p50_ms)
    assert shown["orders"].replicas is None


def test_an_edge_that_counts_no_requests_has_the_gateways_figures() -> None:
    """Of what it passes on; of two gateways nobody knows which one."""
    figures = {
        "edge_rate": {"gateway": 4.0},
        "edge_errors": {"gateway": 1.0},
        "edge_p95": {"gateway": 30.0},
    }
    (health,) = glance.services(
        _found(replicas={"frontend": 1}, nginx_up={"frontend": 1}, **figures)
    )
    assert (4.0, 0.25, 30.0) == (health.requests_per_second, health.error_ratio, health.p95_ms)
    two = {name: {**found, "other": 1.0} for name, found in figures.items()}
    (health,) = glance.services(_found(replicas={"frontend": 1}, nginx_up={"frontend": 1}, **two))
    assert (None, None, None) == (health.requests_per_second, health.error_ratio, health.p95_ms)


def test_what_was_not_asked_has_no_ratio() -> None:
    """Nothing divided by nothing is not shown as anything."""
    found = _found(
        replicas={"backend": 1}, own_rate={"backend": 0.0}, own_p50={"backend": math.nan}
    )
    (health,) = glance.services(found)
    assert (0.0, None, None) == (health.requests_per_second, health.error_ratio, health.p50_ms)
