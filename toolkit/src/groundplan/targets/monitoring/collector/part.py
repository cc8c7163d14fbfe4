"""Parts of a collector's configuration that agent and gateway have alike."""

from collections.abc import Mapping
from typing import Any, Final

from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.authority import FOLDER

GRPC: Final = 4317
HTTP: Final = 4318
HEALTH: Final = 13133
FIGURES: Final = 8888
"""Where a collector shows its own figures."""
ADDRESS: Final = "${env:POD_IP}"
"""The pod's own; a collector listens nowhere else."""
GATEWAY: Final = "collector-gateway"
PODS: Final = "collector-gateway-pods"
"""The name that stands for each copy of the gateway by itself."""
SPACE: Final = f"{manifest.NAMESPACE}.svc.cluster.local"
LIMITER: Final = {
    "check_interval": "1s",
    "limit_percentage": 80,
    "spike_limit_percentage": 20,
}
"""First of all processors: what does not fit is refused, not taken and lost."""
BATCH: Final = {"timeout": "1s", "send_batch_size": 1024, "send_batch_max_size": 4096}
LARGEST: Final = 4 << 20
"""Bytes of a request; a sender's batch has far fewer."""


def receiver(folder: str, *, mutual: bool) -> dict[str, Any]:
    """Return what takes signals.

    Args:
        folder: where the certificate stands; empty for none.
        mutual: whether senders must show one of the same authority.
    """
    found = _shown(folder, mutual=mutual) if folder else {}
    grpc = {"endpoint": f"{ADDRESS}:{GRPC}", "max_recv_msg_size_mib": LARGEST >> 20, **found}
    http = {"endpoint": f"{ADDRESS}:{HTTP}", "max_request_body_size": LARGEST, **found}
    return {"protocols": {"grpc": grpc, "http": http}}


def _shown(folder: str, *, mutual: bool) -> dict[str, Any]:
    tls = {
        "cert_file": f"{folder}/tls.crt",
        "key_file": f"{folder}/tls.key",
        "min_version": "1.2",
        "reload_interval": "1h",
        **({"client_ca_file": f"{folder}/ca.crt"} if mutual else {}),
    }
    return {"tls": tls}


def client(name: str, folder: str = FOLDER) -> dict[str, Any]:
    """Return how a sender trusts and shows certificates; `name` is what the other's must say."""
    return {
        "ca_file": f"{folder}/ca.crt",
        "cert_file": f"{folder}/tls.crt",
        "key_file": f"{folder}/tls.key",
        "server_name_override": name,
        "reload_interval": "1h",
    }


def patience(requests: int) -> dict[str, Any]:
    """Return how long a sender tries, and how much it holds meanwhile."""
    return {
        "sending_queue": {"enabled": True, "num_consumers": 4, "queue_size": requests},
        "retry_on_failure": {
            "enabled": True,
            "initial_interval": "1s",
            "max_interval": "10s",
            "max_elapsed_time": "60s",
        },
    }


def balancing(tls: Mapping[str, Any], requests: int) -> dict[str, Any]:
    """Return what sends all spans of a trace to one copy of the gateway.

    Args:
        tls: how a copy is trusted, and what it is shown.
        requests: held while a copy does not answer.
    """
    copies = {"hostname": f"{PODS}.{SPACE}", "port": str(GRPC), "interval": "5s", "timeout": "1s"}
    return {
        "routing_key": "traceID",
        "protocol": {"otlp": {"timeout": "5s", "tls": dict(tls), **patience(requests)}},
        "resolver": {"dns": copies},
    }


def service(pipelines: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """Return what runs, and what a collector says of itself.

    Args:
        pipelines: the ways of signals.
        more: extensions beside the one that answers whether it is well.
    """
    figures = {"pull": {"exporter": {"prometheus": {"host": ADDRESS, "port": FIGURES}}}}
    return {
        "extensions": ["health_check", *more],
        "pipelines": dict(pipelines),
        "telemetry": {
            "logs": {"level": "info", "encoding": "json"},
            "metrics": {"level": "normal", "readers": [figures]},
        },
    }


def environment() -> tuple[Mapping[str, Any], ...]:
    """Return what a collector is told of its pod."""
    address = {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}
    return ({"name": "POD_IP", "valueFrom": address},)
