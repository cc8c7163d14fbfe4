"""Dashboards of services: one of all beside each other, and one of each with its pods."""

from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.service import Kind
from groundplan.targets.monitoring.dashboards import ask, store
from groundplan.targets.monitoring.dashboards.board import Board, Panel, Row, number, series
from groundplan.targets.monitoring.dashboards.overview import GATEWAY

ANSWERS = "envoy_cluster_upstream_rq_xx"
TIME = "envoy_cluster_upstream_rq_time"
OWN = "http_server_request_duration_seconds"
_COUNTING = (Kind.AUTHORIZATION, Kind.BACKEND)
"""Those that count their own answers by our names."""


def overview(platform: Platform) -> Board:
    """Return the dashboard of all services."""
    return Board(
        uid="services",
        title="services",
        description="Rate, errors and duration of all services, and their pods.",
        rows=(_asked(platform), _pods(platform, "|".join(platform.services), by="container")),
    )


def board(platform: Platform, name: str) -> Board:
    """Return the dashboard of one service."""
    kind = platform.services[name].kind
    rows = [_now(platform, name)]
    if name in _behind(platform):
        rows.append(_seen_by_gateway(name))
    if kind in _COUNTING:
        rows.append(_counted(name))
    if kind is Kind.STATIC:
        rows.append(_edge(name))
    if kind is Kind.BACKEND:
        calls = platform.services[name].calls
        rows += [store.asked(name, each) for each in (DATABASE, CACHE) if each in calls]
        rows += [store.pool(name)] if DATABASE in calls else []
    if kind is Kind.AUTHORIZATION:
        rows.append(_decisions())
    rows.append(_pods(platform, name, by="pod"))
    return Board(
        uid=f"service-{name}",
        title=f"service {name}",
        description=f"{name}: what it answers, how fast, with which pods.",
        rows=tuple(rows),
    )


def _behind(platform: Platform) -> list[str]:
    """Return the services that the gateway calls."""
    return [callee for _, each in platform.of_kind(Kind.GATEWAY) for callee in each.calls]


def _asked(platform: Platform) -> Row:
    names = "|".join(_behind(platform))
    of = f'envoy_cluster_name=~"{names}"'
    by = "envoy_cluster_name"
    failed = ask.share(ANSWERS, 'envoy_response_code_class="5"', of, by)
    p95 = f"{ask.quantile(0.95, TIME, of, by)} / 1000"
    return Row(
        "As the gateway sees them",
        (
            series(
                "Requests", (ask.rate(ANSWERS, of, by), "{{envoy_cluster_name}}"), unit="reqps"
            ),
            series("Failed", (failed, "{{envoy_cluster_name}}"), unit="percentunit", least=0),
            series("95 of 100 within", (p95, "{{envoy_cluster_name}}"), unit="s", least=0),
        ),
    )


def _now(platform: Platform, name: str) -> Row:
    ours = f'namespace="{platform.name}",horizontalpodautoscaler="{name}"'
    pods = f'namespace="{platform.name}",container="{name}"'
    restarts = f"sum(increase(kube_pod_container_status_restarts_total{{{pods}}}[1h]))"
    return Row(
        "Now",
        (
            number("Replicas that answer", f'sum(up{{job="{name}"}})'),
            number("Replicas", f"kube_horizontalpodautoscaler_status_current_replicas{{{ours}}}"),
            number("At the most", f"kube_horizontalpodautoscaler_spec_max_replicas{{{ours}}}"),
            number("Restarts in an hour", restarts),
        ),
    )


def _seen_by_gateway(name: str) -> Row:
    of = f'envoy_cluster_name="{name}"'
    times = tuple(
        (f"{ask.quantile(share, TIME, of)} / 1000", f"{share * 100:g} of 100")
        for share in (0.5, 0.95, 0.99)
    )
    by = "envoy_response_code_class"
    return Row(
        "As the gateway sees it",
        (
            series("Requests", (ask.rate(ANSWERS, of, by), f"{{{{{by}}}}}xx"), unit="reqps"),
            series("Time to the answer", *times, unit="s", least=0),
            _trouble(of),
        ),
    )


def _trouble(of: str) -> Panel:
    """Return what the gateway did about a service that is ill."""
    told = {
        "envoy_cluster_upstream_rq_retry": "tried again",
        "envoy_cluster_upstream_rq_timeout": "took too long",
        "envoy_cluster_upstream_rq_pending_overflow": "refused: too many wait",
        "envoy_cluster_upstream_cx_connect_fail": "no connection",
    }
    asked = [(ask.rate(metric, of), words) for metric, words in told.items()]
    return series("Trouble", *asked, unit="ops", least=0)


def _counted(name: str) -> Row:
    of = f'job="{name}"'
    failed = ask.share(f"{OWN}_count", 'status=~"5.."', of)
    p95 = ask.quantile(0.95, OWN, of, "route")
    return Row(
        "As it counts itself",
        (
            series("Requests by route", (ask.rate(f"{OWN}_count", of, "route"), "{{route}}"),
                   unit="reqps"),
            series("Failed", (failed, "failed"), unit="percentunit", least=0),
            series("95 of 100 within, by route", (p95, "{{route}}"), unit="s", least=0),
        ),
    )  # fmt: skip


def _edge(name: str) -> Row:
    of = f'job="{name}"'
    taken = ask.rate("nginx_connections_accepted", of, "instance")
    asking = ask.rate("envoy_http_downstream_rq_total", GATEWAY)
    return Row(
        "nginx",
        (
            number("Answers", f"min(nginx_up{{{of}}})", "bool_yes_no"),
            series("Connections", (taken, "{{instance}}"), unit="cps", width=10, least=0),
            series("Requests that it sent on to the gateway", (asking, "sent on"), unit="reqps",
                   width=10, least=0),
        ),
    )  # fmt: skip


def _decisions() -> Row:
    decided = (ask.rate("groundplan_authz_decisions_total", by="result"), "{{result}}")
    return Row(
        "Decisions",
        (
            series("By result", decided, unit="ops"),
            series(
                "Without Redis",
                (ask.rate("groundplan_authz_local_decisions_total"), "decided alone"),
                (ask.rate("groundplan_authz_redis_checks_total"), "asked"),
                unit="ops",
            ),
            series("Redis is out", ("max(groundplan_authz_circuit_open)", "out"), least=0, most=1),
        ),
    )


def _pods(platform: Platform, names: str, by: str) -> Row:
    of = f'namespace="{platform.name}",container=~"{names}"'
    used = ask.rate("container_cpu_usage_seconds_total", of, by)
    late = ask.rate("container_cpu_cfs_throttled_periods_total", of, by)
    periods = ask.rate("container_cpu_cfs_periods_total", of, by)
    memory = f"max by ({by}) (container_memory_working_set_bytes{{{of}}})"
    return Row(
        "Pods",
        (
            series("CPU, in cores", (used, f"{{{{{by}}}}}"), least=0),
            series("Held back at its limit of CPU", (f"{late} / {periods}", f"{{{{{by}}}}}"),
                   unit="percentunit", least=0),
            series("Memory", (memory, f"{{{{{by}}}}}"), unit="bytes", least=0),
        ),
    )  # fmt: skip
