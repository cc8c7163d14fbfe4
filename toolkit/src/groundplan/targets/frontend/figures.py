"""The listener of a pod for Prometheus: that nginx answers, and how many have come.

The nginx of the wheel is built without its module of statistics, so it says what its variables
hold. Requests are counted where they go: by the gateway, and as lines of the access log.
"""

from typing import Final

from groundplan.model.flow import EDGE_PORT
from groundplan.model.placement import Discovery, Endpoint, Placement
from groundplan.targets.frontend import tls
from groundplan.targets.frontend.directive import Lines, block, line

PATH: Final = "/metrics"
_SHOWN: Final = r'"nginx_up 1\nnginx_connections_accepted $connection\n"'
"""A connection's number is how many there were since the start, of all workers together."""


def server(placement: Placement, at: Endpoint) -> Lines:
    """Return the listener; on one machine the store reads the access log instead."""
    if placement.discovery is not Discovery.NAMES:
        return ()
    return block(
        "server",
        line("listen", EDGE_PORT, *tls.listening(placement)),
        line("server_name", "_"),
        tls.server(placement, at.component),
        line("access_log", "off"),
        block(
            f"location = {PATH}",
            line("default_type", '"text/plain; version=0.0.4"'),
            line("return", 200, _SHOWN),
        ),
        block("location /", line("return", 404)),
    )
