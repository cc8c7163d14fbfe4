"""Which of Envoy's thousands of statistics are kept: those that dashboards and alerts read.

Takes the platform's objectives: whether an answer came in time can only be told at a bound.
"""

from groundplan.model.platform import Platform
from groundplan.targets.gateway.extension import Json

_MILLISECONDS = (1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000)
"""Bounds between which times are counted; those of objectives come to them."""

_KEPT = (
    r"http\.gateway\.downstream_rq_(total|completed|active|time|[1-5]xx)",
    r"http\.gateway\.downstream_rq_(timeout|too_large|overload_close|rx_reset|tx_reset)",
    r"http\.gateway\.downstream_cx_(total|active|protocol_error|rx_bytes_total|tx_bytes_total)",
    r"http\.gateway\.(rq_direct_response|no_route|lua\.errors)",
    r"http\.gateway\.ext_authz\.authz\.(ok|denied|error)",
    r"http\.gateway\.jwt_authn\.(allowed|denied|jwks_fetch_failed)",
    r"flood\.http_local_rate_limit\.rate_limited",
    r"vhost\.all\.vcluster\.[^.]+\.upstream_rq_(time|total|[1-5]xx)",
    r"cluster\.[^.]+\.upstream_rq_(total|completed|active|time|[1-5]xx)",
    r"cluster\.[^.]+\.upstream_rq_(timeout|per_try_timeout|rx_reset|tx_reset)",
    r"cluster\.[^.]+\.upstream_rq_(retry|retry_success|retry_overflow)",
    r"cluster\.[^.]+\.upstream_rq_pending_(active|overflow|failure_eject)",
    r"cluster\.[^.]+\.upstream_cx_(total|active|connect_fail|connect_timeout|overflow)",
    r"cluster\.[^.]+\.(membership_(healthy|total)|health_check\.failure|lb_healthy_panic)",
    r"cluster\.[^.]+\.outlier_detection\.(ejections_active|ejections_enforced_total)",
    r"cluster\.[^.]+\.circuit_breakers\.(default|high)\.(cx|rq|rq_pending|rq_retry)_open",
    r"overload\..*\.(active|pressure)",
    r"server\.(live|uptime|concurrency|total_connections|days_until_first_cert_expiring)",
    r"server\.memory_(allocated|heap_size|physical_size)",
)
"""A name that is added here is added to the registry of signals."""


def matcher() -> Json:
    """Return Envoy's statistics settings."""
    patterns = [{"safe_regex": {"regex": pattern}} for pattern in _KEPT]
    return {"stats_matcher": {"inclusion_list": {"patterns": patterns}}}


def buckets(platform: Platform) -> Json:
    """Return between which bounds Envoy counts the times of answers."""
    promised = (slo.latency for slo in platform.objectives.slos.values())
    bounds = {round(each.threshold * 1000, 6) for each in promised if each is not None}
    found = sorted(bounds | {float(each) for each in _MILLISECONDS})
    return {
        "histogram_bucket_settings": [{"match": {"suffix": "upstream_rq_time"}, "buckets": found}]
    }
