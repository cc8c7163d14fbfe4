"""The dashboard of the gateway: the way in, what it refuses, and how it sees who is behind it."""

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import Board, Row, series
from groundplan.targets.monitoring.dashboards.overview import ANSWERS, GATEWAY, TIME

_CLUSTER = "{{envoy_cluster_name}}"
_BY = "envoy_cluster_name"


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid="gateway",
        title="gateway",
        description=f"The way to the API of {platform.name}, and what is refused on it.",
        rows=(_in(), _refused(), _behind(), _itself()),
    )


def _in() -> Row:
    classes = ask.rate(ANSWERS, GATEWAY, "envoy_response_code_class")
    p99 = f"{ask.quantile(0.99, TIME, GATEWAY, 'instance')} / 1000"
    open_ = ask.total("envoy_http_downstream_cx_active", GATEWAY, "instance")
    return Row(
        "The way in",
        (
            series("Answers by class", (classes, "{{envoy_response_code_class}}xx"), unit="reqps"),
            series("99 of 100 within, by replica", (p99, "{{instance}}"), unit="s", least=0),
            series("Connections, by replica", (open_, "{{instance}}"), least=0),
        ),
    )


def _refused() -> Row:
    told = {
        "envoy_http_ext_authz_denied": "refused by authorisation",
        "envoy_http_ext_authz_error": "no answer of authorisation",
        "envoy_http_jwt_authn_denied": "no token, or a bad one",
        "envoy_http_local_rate_limit_rate_limited": "too many at once",
    }
    asked = [(ask.rate(metric), words) for metric, words in told.items()]
    overload = {
        "envoy_http_downstream_rq_overload_close": "closed: no memory left",
        "envoy_http_downstream_rq_too_large": "too large",
        "envoy_http_downstream_rq_timeout": "took too long to arrive",
    }
    bounds = [(ask.rate(metric, GATEWAY), words) for metric, words in overload.items()]
    return Row(
        "What is refused",
        (
            series("By whom", *asked, unit="reqps", width=12, least=0),
            series("By its bounds", *bounds, unit="reqps", width=12, least=0),
        ),
    )


def _behind() -> Row:
    healthy = ask.total("envoy_cluster_membership_healthy", by=_BY)
    every = ask.total("envoy_cluster_membership_total", by=_BY)
    ejected = ask.total("envoy_cluster_outlier_detection_ejections_active", by=_BY)
    open_ = f"max by ({_BY}) (envoy_cluster_circuit_breakers_default_rq_open)"
    full = f"max by ({_BY}) (envoy_cluster_circuit_breakers_default_cx_open)"
    return Row(
        "Who is behind it",
        (
            series("Replicas that are well", (f"{healthy} / {every}", _CLUSTER),
                   unit="percentunit", least=0, most=1),
            series("Replicas that were put aside", (ejected, _CLUSTER), least=0),
            series("Breakers that are open", (open_, f"{_CLUSTER} requests"),
                   (full, f"{_CLUSTER} connections"), least=0, most=1),
        ),
    )  # fmt: skip


def _itself() -> Row:
    memory = ask.total("envoy_server_memory_allocated", by="instance")
    ends = "min by (instance) (envoy_server_days_until_first_cert_expiring)"
    return Row(
        "The gateway itself",
        (
            series("Memory", (memory, "{{instance}}"), unit="bytes", least=0),
            series("Up for", ("min by (instance) (envoy_server_uptime)", "{{instance}}"),
                   unit="s", least=0),
            series("Days until a certificate ends", (ends, "{{instance}}"), least=0),
        ),
    )  # fmt: skip
