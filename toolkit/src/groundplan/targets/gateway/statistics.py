"""Which of Envoy's thousands of statistics are kept: those that dashboards and alerts read."""

from groundplan.targets.gateway.extension import Json

_KEPT = (
    r"http\.gateway\..*",
    r"http\.gateway\.(jwt_authn|ext_authz\.authz|flood)\..*",
    r"cluster\.[^.]+\.(upstream_(rq|cx)_.*|membership_.*|health_check\..*|outlier_detection\..*)",
    r"cluster\.[^.]+\.(circuit_breakers\..*|retry.*|lb_healthy_panic)",
    r"flood\.http_local_rate_limit\..*",
    r"listener\.[^.]+\.downstream_.*",
    r"overload\..*",
    r"server\.(live|uptime|memory_.*|total_connections|concurrency|state|version)",
)


def matcher() -> Json:
    """Return Envoy's statistics settings."""
    patterns = [{"safe_regex": {"regex": pattern}} for pattern in _KEPT]
    return {"stats_matcher": {"inclusion_list": {"patterns": patterns}}}
