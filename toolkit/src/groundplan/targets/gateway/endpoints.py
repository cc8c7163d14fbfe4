"""Where the replicas of a cluster stand: files that Envoy reads again when they are replaced."""

from collections.abc import Sequence

from groundplan.model.placement import Endpoint, Placement
from groundplan.targets.gateway.extension import Json, typed

FOLDER = "endpoints"


def path(cluster: str) -> str:
    """Return the path of a cluster's file, below the folder of the configuration."""
    return f"{FOLDER}/{cluster}.json"


def discovery(cluster: str, endpoints: Sequence[Endpoint]) -> Json:
    """Return the content of a cluster's file."""
    message = "envoy.config.endpoint.v3.ClusterLoadAssignment"
    return {"resources": [typed(message, **assignment(cluster, endpoints))]}


def assignment(cluster: str, endpoints: Sequence[Endpoint]) -> Json:
    """Return a cluster's replicas; a draining one gets no new requests."""
    return {
        "cluster_name": cluster,
        "endpoints": [{"lb_endpoints": [_endpoint(endpoint) for endpoint in endpoints]}],
    }


def source(placement: Placement, cluster: str) -> Json:
    """Return where Envoy looks for a cluster's file, and which folder it watches for changes."""
    return {
        "resource_api_version": "V3",
        "path_config_source": {
            "path": f"{placement.config_folder}/{path(cluster)}",
            "watched_directory": {"path": f"{placement.config_folder}/{FOLDER}"},
        },
    }


def _endpoint(endpoint: Endpoint) -> Json:
    address = {"address": endpoint.address.host, "port_value": endpoint.address.port}
    return {
        "endpoint": {"address": {"socket_address": address}},
        "health_status": "DRAINING" if endpoint.draining else "HEALTHY",
    }
