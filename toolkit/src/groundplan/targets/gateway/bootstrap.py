"""The bootstrap: everything one Envoy knows when it starts."""

from groundplan.model.flow import STATISTICS_PORT
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.model.setting import EVERYWHERE
from groundplan.targets.gateway import (
    clusters,
    credential,
    listener,
    overload,
    statistics,
    tracing,
)
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties

STATISTICS_SUFFIX = ".statistics"
"""Placed as a component of its own: the port on which Prometheus reads a gateway's statistics."""
LOOPBACK = "127.0.0.1"


def render(platform: Platform, placement: Placement, parties: Parties, at: Endpoint) -> Json:
    """Return the configuration of one replica."""
    socket = admin_socket(placement, at)
    return {
        "node": {"id": f"{at.component}-{at.replica}", "cluster": platform.name},
        "admin": {"address": {"pipe": {"path": socket, "mode": 0o600}}},
        "static_resources": {
            "listeners": [
                listener.main(platform, placement, parties, at),
                listener.statistics(placement, _statistics_address(placement, at)),
            ],
            "clusters": [
                *clusters.clusters(platform, placement, parties),
                clusters.admin(socket),
                *tracing.clusters(placement),
            ],
            "secrets": [credential.secret(placement, parties), *tracing.secrets(placement)],
        },
        "stats_config": {**statistics.matcher(), **statistics.buckets(platform)},
        "overload_manager": overload.overload_manager(platform, parties),
        "layered_runtime": {
            "layers": [
                {"name": "limits", "static_layer": {**_limits(), **tracing.runtime(placement)}}
            ]
        },
    }


def admin_socket(placement: Placement, at: Endpoint) -> str:
    """Return the path of a replica's administration socket."""
    return f"{placement.run_folder}/{at.component}-{at.replica}.admin.sock"


def _statistics_address(placement: Placement, at: Endpoint) -> Address:
    """Return where statistics are shown; any free port where none was placed."""
    if placement.discovery is Discovery.NAMES:
        return Address(EVERYWHERE, STATISTICS_PORT)
    try:
        return placement.replica(at.component + STATISTICS_SUFFIX, at.replica).address
    except KeyError:
        return Address(LOOPBACK, 0)


def _limits() -> Json:
    return {
        f"envoy.resource_limits.listener.{listener.MAIN}.connection_limit": overload.CONNECTIONS
    }
