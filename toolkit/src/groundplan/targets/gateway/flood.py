"""The flood limit: what one Envoy takes on in a second, whoever sends it."""

from groundplan.model.platform import Platform
from groundplan.targets.gateway.extension import Json, extension

MINUTE = 60


def limit(platform: Platform) -> Json:
    """Return the filter: in one second at most what the platform promises for a minute."""
    tokens = max(1, round(platform.objectives.api.throughput * MINUTE))
    return extension(
        "envoy.filters.http.local_ratelimit",
        "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
        stat_prefix="flood",
        token_bucket={"max_tokens": tokens, "tokens_per_fill": tokens, "fill_interval": "1s"},
        filter_enabled=_always("flood_enabled"),
        filter_enforced=_always("flood_enforced"),
    )


def _always(key: str) -> Json:
    return {"runtime_key": key, "default_value": {"numerator": 100, "denominator": "HUNDRED"}}
