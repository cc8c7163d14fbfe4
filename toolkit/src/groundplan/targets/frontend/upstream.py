"""The gateways behind the site: who they are, when one is passed over, when a call is repeated."""

from groundplan.model.placement import Discovery, Endpoint, Placement
from groundplan.model.quantity import seconds
from groundplan.targets.frontend.directive import Lines, block, line

NAME = "gateway"
IDLE_CONNECTIONS = 128
IDLE = 55
"""Seconds that a connection to a gateway is kept; the gateway itself keeps it for longer."""
FAILURES, PAUSE = 2, 1
"""So many failures, and a gateway is passed over for so many seconds."""
TRIES = 2
CONNECT = 1
"""Seconds to open a connection."""


def upstream(placement: Placement, gateway: str) -> Lines:
    """Return the group of gateways; draining ones get no new requests."""
    servers = (_server(placement, at) for at in placement.of(gateway))
    return block(
        f"upstream {NAME}",
        line("zone", NAME, "256k"),
        *servers,
        line("keepalive", IDLE_CONNECTIONS),
        line("keepalive_timeout", seconds(IDLE)),
        line("keepalive_requests", 100_000),
    )


def _server(placement: Placement, at: Endpoint) -> Lines:
    if placement.discovery is Discovery.NAMES:
        return line("server", at.address, "max_fails=0")
    drained = ("down",) if at.draining else ()
    return line("server", at.address, f"max_fails={FAILURES}", f"fail_timeout={PAUSE}s", *drained)


def patience(longest: float) -> Lines:
    """Return how long a gateway may take, and when another one is asked instead.

    Only a connection that failed is a reason: an answer, a 503 too, is the gateway's word.
    What changes something is not repeated once it was sent.

    Args:
        longest: the longest time-out of the gateway's routes, in seconds.
    """
    return (
        *line("proxy_connect_timeout", seconds(CONNECT)),
        *line("proxy_send_timeout", "10s"),
        *line("proxy_read_timeout", seconds(longest + 2)),
        *line("proxy_next_upstream", "error", "timeout"),
        *line("proxy_next_upstream_tries", TRIES),
        *line("proxy_next_upstream_timeout", seconds(longest)),
    )
