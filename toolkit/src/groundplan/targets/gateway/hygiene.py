"""Header hygiene: what a client may not say is gone before anything reads it."""

from groundplan.targets.gateway.extension import Json, extension
from groundplan_contracts import identity

PREFIXES = (identity.PREFIX, "x-envoy-")
NAMES = (
    "forwarded",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-server",
    "x-original-url",
    "x-rewrite-url",
    "x-original-method",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
)
"""Headers in which some server somewhere believes an address, a path or a method."""


def removals() -> list[Json]:
    """Return the mutation that Envoy makes before its own use of any header."""
    return [
        extension(
            "envoy.http.early_header_mutation.header_mutation",
            "envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation",
            mutations=[
                *({"remove_on_match": {"key_matcher": {"prefix": each}}} for each in PREFIXES),
                *({"remove": each} for each in NAMES),
            ],
        )
    ]
