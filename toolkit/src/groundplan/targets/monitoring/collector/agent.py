"""The agent's configuration: spans of one node in, without what must not leave it, spans out."""

from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.collector import part
from groundplan_contracts.tracing import private

WATCHERS: Final = "/etc/groundplan/observability"
"""Where the agent finds the certificate that it shows to the gateway."""
QUEUE: Final = 200


def settings(platform: Platform, placement: Placement) -> dict[str, Any]:
    """Return the configuration."""
    name = f"{part.GATEWAY}.{part.SPACE}"
    tls = part.client(name, WATCHERS)
    sending = {"timeout": "5s", "tls": tls, **part.patience(QUEUE)}
    return {
        "extensions": {"health_check": {"endpoint": f"{part.ADDRESS}:{part.HEALTH}"}},
        "receivers": {"otlp": part.receiver(placement.certificate_folder, mutual=False)},
        "processors": _processors(platform, placement),
        "exporters": {
            "loadbalancing": part.balancing(tls, QUEUE),
            "otlp": {"endpoint": f"{name}:{part.GRPC}", **sending},
        },
        "service": part.service(
            {
                "traces": _way(["memory_limiter", "attributes", "resource", "batch"],
                               "loadbalancing"),
                "metrics": _way(["memory_limiter", "resource", "batch"], "otlp"),
            }
        ),
    }  # fmt: skip


def _processors(platform: Platform, placement: Placement) -> dict[str, Any]:
    said = {
        "deployment.environment.name": placement.environment,
        "cloud.region": platform.region,
        "service.namespace": platform.name,
    }
    return {
        "memory_limiter": dict(part.LIMITER),
        "attributes": {
            "actions": [{"pattern": pattern, "action": "delete"} for pattern in private.PATTERNS]
        },
        "resource": {
            "attributes": [
                {"key": key, "value": value, "action": "upsert"} for key, value in said.items()
            ]
        },
        "batch": dict(part.BATCH),
    }


def _way(processors: list[str], exporter: str) -> dict[str, list[str]]:
    return {"receivers": ["otlp"], "processors": processors, "exporters": [exporter]}
