"""Overload: what Envoy gives up first when memory or connections run short."""

from groundplan.model.platform import Platform
from groundplan.targets.gateway.extension import Json, extension
from groundplan.targets.gateway.parties import Parties

CONNECTIONS = 10_000
"""Of one listener; half as many more are left for the others."""
_HEAP = "envoy.resource_monitors.fixed_heap"
_CONNECTIONS = "envoy.resource_monitors.global_downstream_max_connections"
_ACTIONS = (
    ("envoy.overload_actions.disable_http_keepalive", 0.92),
    ("envoy.overload_actions.shrink_heap", 0.95),
    ("envoy.overload_actions.stop_accepting_requests", 0.98),
)


def overload_manager(platform: Platform, parties: Parties) -> Json:
    """Return the monitors and what follows from them."""
    memory = int(platform.services[parties.gateway].resources.limits.memory)
    return {
        "refresh_interval": "0.25s",
        "resource_monitors": [
            extension(
                _HEAP,
                "envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig",
                max_heap_size_bytes=memory,
            ),
            extension(
                _CONNECTIONS,
                "envoy.extensions.resource_monitors.downstream_connections.v3"
                ".DownstreamConnectionsConfig",
                max_active_downstream_connections=CONNECTIONS * 3 // 2,
            ),
        ],
        "actions": [
            {"name": name, "triggers": [{"name": _HEAP, "threshold": {"value": threshold}}]}
            for name, threshold in _ACTIONS
        ],
    }
