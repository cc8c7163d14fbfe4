"""Retries: which calls may be repeated, when and how often."""

from groundplan.model.quantity import seconds
from groundplan.model.resilience import Resilience
from groundplan.targets.gateway.extension import Json, extension

UNSENT = "connect-failure,refused-stream"
"""The service has not seen the request: any method may be repeated."""
SAFE = f"{UNSENT},reset,retriable-status-codes"
"""The service may have seen it: only what changes nothing, or nothing twice."""
FAILURES = [502, 504]
"""Not 503: a service that says so itself says when to come again."""


def repeatable(resilience: Resilience, timeout: float) -> Json:
    """Return the policy of calls that may be made twice; a try gets half of the whole time."""
    return {
        **_policy(resilience, SAFE),
        "retriable_status_codes": FAILURES,
        "per_try_timeout": seconds(timeout / 2),
    }


def careful(resilience: Resilience) -> Json:
    """Return the policy of calls that must not be made twice."""
    return _policy(resilience, UNSENT)


def _policy(resilience: Resilience, when: str) -> Json:
    retries = resilience.retries
    return {
        "retry_on": when,
        "num_retries": retries.attempts,
        "retry_back_off": {
            "base_interval": seconds(retries.backoff.base),
            "max_interval": seconds(retries.backoff.max),
        },
        **elsewhere(),
    }


def elsewhere() -> Json:
    """Return what sends a repeat to another replica than the one that failed."""
    return {
        "retry_host_predicate": [
            extension(
                "envoy.retry_host_predicates.previous_hosts",
                "envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate",
            )
        ],
        # A dead replica looks idle and is drawn again and again by LEAST_REQUEST.
        "host_selection_retry_max_attempts": 16,
    }
