"""The charts that can be asked for, each by its name with the expression that it is made of.

A browser names a chart and a service, and never writes an expression. `$service` stands for the
service, `$window` for the time over which a rate is taken.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import Template
from typing import Final, Literal

from groundplan_backend.telemetry.metric_schemas import Chart, Unit

Of = Literal["service", "platform"]
QUANTILES: Final = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Definition:
    """A chart: one question, whose lines are told apart by the labels `by`."""

    name: str
    group: str
    of: Of
    unit: Unit
    expression: str
    by: tuple[str, ...] = ()

    def shown(self) -> Chart:
        """Return what is told of it."""
        by = list(self.by)
        return Chart(name=self.name, group=self.group, of=self.of, unit=self.unit, by=by)


def written(expression: str, service: str, window: int) -> str:
    """Return an expression for a service, with rates over a number of seconds."""
    return Template(expression).substitute(service=service, window=f"{window}s")


def _service(name: str, unit: Unit, expression: str, by: tuple[str, ...] = ()) -> Definition:
    """Return a chart of requests to one service, as it counts them itself."""
    return Definition(name, "requests", "service", unit, expression, by)


def _platform(
    name: str, group: str, unit: Unit, expression: str, by: tuple[str, ...] = ()
) -> Definition:
    return Definition(name, group, "platform", unit, expression, by)


def _quantiles(shares: Iterable[float], expression: Callable[[float], str]) -> str:
    """Return an expression for several quantiles, told apart by the label `quantile`.

    It is one question: the buckets, which are the same, are read once.
    """
    return " or ".join(
        f'label_replace({expression(each)}, "quantile", "p{round(each * 100)}", "", "")'
        for each in shares
    )


_COUNT: Final = 'http_server_request_duration_seconds_count{job="$service"}'
_FAILED: Final = 'http_server_request_duration_seconds_count{job="$service",status=~"5.."}'
_BUCKET: Final = 'http_server_request_duration_seconds_bucket{job="$service"}'
_CLUSTER: Final = 'envoy_cluster_name="$service"'
_EDGE: Final = 'job="$service",envoy_http_conn_manager_prefix="gateway"'
_FIVE: Final = 'envoy_response_code_class="5"'
_RATE: Final = "sum(rate({}[$window]))"


def _first(*expressions: str) -> str:
    """Return the first of several measures of the same thing that there is."""
    return " or ".join(f"({expression})" for expression in expressions)


_SOURCES: Final = (
    (_COUNT, _FAILED),
    (
        f"envoy_http_downstream_rq_completed{{{_EDGE}}}",
        f"envoy_http_downstream_rq_xx{{{_EDGE},{_FIVE}}}",
    ),
    (
        f"envoy_cluster_upstream_rq_completed{{{_CLUSTER}}}",
        f"envoy_cluster_upstream_rq_xx{{{_CLUSTER},{_FIVE}}}",
    ),
)
"""Who counts the requests to a service, and those that failed: first itself, then who calls it."""


def _share(requests: str, failed: str) -> str:
    """Return the share of requests that failed; nothing where there were none."""
    every = _RATE.format(requests)
    return f"({_RATE.format(failed)} or {every} * 0) / ({every} > 0)"


_PASSED_ON: Final = (
    'envoy_http_downstream_rq_completed{envoy_http_conn_manager_prefix="gateway"}',
    f'envoy_http_downstream_rq_xx{{envoy_http_conn_manager_prefix="gateway",{_FIVE}}}',
)
_OF_NGINX: Final = 'and on () count(nginx_up{job="$service"})'
"""nginx of a cluster counts connections and no more; of what it passes on, Envoy knows."""
REQUESTS: Final = _first(
    *(_RATE.format(requests) for requests, _ in _SOURCES),
    _RATE.format('nginx_http_requests_total{job="$service"}'),
    f"{_RATE.format(_PASSED_ON[0])} {_OF_NGINX}",
)
ERRORS: Final = _first(
    *(_share(*source) for source in _SOURCES),
    f"{_share(*_PASSED_ON)} {_OF_NGINX}",
)


def _milliseconds() -> str:
    """Return the buckets of a service's durations in milliseconds; Envoy counts in them."""
    edge, ours, behind = (
        f"sum by (le) (rate(envoy_{name}_bucket{{{labels}}}[$window]))"
        for name, labels in (
            ("http_downstream_rq_time", _EDGE),
            ("cluster_upstream_rq_time", _CLUSTER),
            ("http_downstream_rq_time", 'envoy_http_conn_manager_prefix="gateway"'),
        )
    )
    return _first(edge, ours, f"{behind} {_OF_NGINX}")


def _duration(quantile: float) -> str:
    own = f"histogram_quantile({quantile}, sum by (le) (rate({_BUCKET}[$window]))) * 1000"
    return _first(own, f"histogram_quantile({quantile}, {_milliseconds()})")


def _dependency(quantile: float) -> str:
    buckets = 'db_client_operation_duration_seconds_bucket{job="$service"}'
    rates = f"sum by (le, system) (rate({buckets}[$window]))"
    return f"histogram_quantile({quantile}, {rates}) * 1000"


CHARTS: Final = {
    one.name: one
    for one in (
        _service("requests", "1/s", REQUESTS),
        _service("errors", "ratio", ERRORS),
        _service("latency", "ms", _quantiles(QUANTILES, _duration), by=("quantile",)),
        _service(
            "routes",
            "1/s",
            f"topk(10, sum by (method, route) (rate({_COUNT}[$window])))",
            by=("method", "route"),
        ),
        _service("statuses", "1/s", f"sum by (status) (rate({_COUNT}[$window]))", by=("status",)),
        Definition(
            "processor",
            "process",
            "service",
            "ratio",
            'sum by (instance) (rate(process_cpu_seconds_total{job="$service"}[$window]))',
            ("instance",),
        ),
        Definition(
            "memory",
            "process",
            "service",
            "bytes",
            'sum by (instance) (process_resident_memory_bytes{job="$service"}'
            ' or envoy_server_memory_physical_size{job="$service"})',
            ("instance",),
        ),
        Definition(
            "dependencies",
            "dependencies",
            "service",
            "ms",
            _quantiles((0.5, 0.95), _dependency),
            ("system", "quantile"),
        ),
        _platform(
            "connections",
            "database",
            "count",
            "sum by (state) (pg_stat_activity_count)",
            ("state",),
        ),
        _platform(
            "transactions",
            "database",
            "1/s",
            "sum(rate(pg_stat_database_xact_commit[$window]))"
            " + sum(rate(pg_stat_database_xact_rollback[$window]))",
        ),
        _platform("database-size", "database", "bytes", "sum(pg_database_size_bytes)"),
        _platform(
            "commands", "cache", "1/s", "sum(rate(redis_commands_processed_total[$window]))"
        ),
        _platform("cache-memory", "cache", "bytes", "sum(redis_memory_used_bytes)"),
        _platform(
            "cache-reads",
            "cache",
            "1/s",
            "sum by (outcome) (rate(cache_reads_total[$window]))",
            ("outcome",),
        ),
        _platform(
            "sign-ins",
            "business",
            "1/s",
            "sum by (outcome) (rate(sign_ins_total[$window]))",
            ("outcome",),
        ),
        _platform(
            "deployments",
            "business",
            "1/s",
            "sum by (environment, state) (rate(deployments_total[$window]))",
            ("environment", "state"),
        ),
        _platform("uploads", "business", "bytes/s", "sum(rate(upload_bytes_total[$window]))"),
        _platform(
            "machine-processor",
            "machine",
            "ratio",
            'avg by (instance) (1 - rate(node_cpu_seconds_total{mode="idle"}[$window]))',
            ("instance",),
        ),
        _platform(
            "machine-memory",
            "machine",
            "ratio",
            "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
            ("instance",),
        ),
        _platform(
            "machine-disk",
            "machine",
            "ratio",
            "1 - node_filesystem_avail_bytes / node_filesystem_size_bytes",
            ("instance", "mountpoint"),
        ),
    )
}
"""By name, in the order in which they are shown."""
