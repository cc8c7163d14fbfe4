"""The agent's configuration: spans of one node in, without what must not leave it, spans out."""

from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.collector import part

WATCHERS: Final = "/etc/groundplan/observability"
"""Where the agent finds the certificate that it shows to the gateway."""
QUEUE: Final = 200
_PRIVATE: Final = (
    r"^http\.(request|response)\.header\.(authorization|cookie|set-cookie|x-api-key)$",
    r"^(url\.query|enduser\.id|user\.(email|name|full_name))$",
)
"""Attributes that no span keeps, whoever wrote them: secrets, and who a person is."""


def settings(platform: Platform, placement: Placement) -> dict[str, Any]:
    """Return the configuration."""
    space = f"{manifest.NAMESPACE}.svc.cluster.local"
    name = f"{part.GATEWAY}.{space}"
    sending = {"timeout": "5s", "tls": part.client(name, WATCHERS), **part.patience(QUEUE)}
    return {
        "extensions": {"health_check": {"endpoint": f"{part.ADDRESS}:{part.HEALTH}"}},
        "receivers": {"otlp": part.receiver(placement.certificate_folder, mutual=False)},
        "processors": _processors(platform, placement),
        "exporters": {
            "loadbalancing": {
                "routing_key": "traceID",
                "protocol": {"otlp": sending},
                "resolver": {
                    "dns": {
                        "hostname": f"{part.PODS}.{space}",
                        "port": str(part.GRPC),
                        "interval": "5s",
                        "timeout": "1s",
                    }
                },
            },
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
            "actions": [{"pattern": pattern, "action": "delete"} for pattern in _PRIVATE]
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
