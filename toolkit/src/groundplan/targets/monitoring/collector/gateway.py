"""The gateway: copies that each hold whole traces, decide on them, and send the kept ones on.

Agents choose the copy of a trace. Who sends over HTTP cannot, and reaches any: that copy hands the
spans on to the one whose trace it is, itself or another, which takes and judges them over gRPC.
"""

from typing import Any, Final

from groundplan.formats import yaml
from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import authority, workload
from groundplan.targets.monitoring.authority import FOLDER
from groundplan.targets.monitoring.collector import part, sampling
from groundplan.targets.monitoring.manifest import Maker, Object
from groundplan.targets.monitoring.workload import Program

COPIES: Final = 2
JAEGER: Final = "jaeger"
METRICS: Final = 8889
"""Where figures stand that services of users sent."""
QUEUE: Final = 1000
_FILE: Final = "collector.yaml"
_EDGE: Final = "edge"
_NAME: Final = f"{part.GATEWAY}.{part.SPACE}"
PORTS: Final = {"grpc": part.GRPC, "http": part.HTTP, "figures": part.FIGURES, "metrics": METRICS}


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return what the gateway is made of."""
    maker = Maker(platform, placement, part.GATEWAY)
    alone = {"clusterIP": "None", "publishNotReadyAddresses": False}
    pods = workload.service(maker, {"grpc": part.GRPC}, **alone)
    pods["metadata"]["name"] = part.PODS
    return [
        *workload.deployment(maker, _program(platform), COPIES),
        workload.service(maker, PORTS),
        pods,
        authority.certificate(maker, part.PODS),
    ]


def settings(platform: Platform) -> dict[str, Any]:
    """Return the configuration."""
    jaeger = {
        "endpoint": f"{JAEGER}:{part.GRPC}",
        "timeout": "5s",
        "tls": part.client(JAEGER),
        **part.patience(QUEUE),
    }
    return {
        "extensions": {"health_check": {"endpoint": f"{part.ADDRESS}:{part.HEALTH}"}},
        "receivers": _receivers(),
        "processors": {
            "memory_limiter": dict(part.LIMITER),
            "tail_sampling": sampling.settings(platform),
            "batch": dict(part.BATCH),
        },
        "exporters": {
            "otlp": jaeger,
            "loadbalancing": part.balancing(part.client(_NAME), QUEUE),
            "prometheus": {
                "endpoint": f"{part.ADDRESS}:{METRICS}",
                "resource_to_telemetry_conversion": {"enabled": True},
                "metric_expiration": "5m",
            },
        },
        "service": part.service(
            {
                f"traces/{_EDGE}": {
                    "receivers": [f"otlp/{_EDGE}"],
                    "processors": ["memory_limiter", "batch"],
                    "exporters": ["loadbalancing"],
                },
                "traces": {
                    "receivers": ["otlp"],
                    "processors": ["memory_limiter", "tail_sampling", "batch"],
                    "exporters": ["otlp"],
                },
                "metrics": {
                    "receivers": ["otlp"],
                    "processors": ["memory_limiter", "batch"],
                    "exporters": ["prometheus"],
                },
            }
        ),
    }


def _receivers() -> dict[str, Any]:
    protocols = part.receiver(FOLDER, mutual=True)["protocols"]
    names = {"grpc": "otlp", "http": f"otlp/{_EDGE}"}
    return {name: {"protocols": {key: protocols[key]}} for key, name in names.items()}


def _program(platform: Platform) -> Program:
    return Program(
        image=image.COLLECTOR.reference,
        arguments=(f"--config={workload.CONFIGURATION}/{_FILE}",),
        ports={**PORTS, "health": part.HEALTH},
        environment=part.environment(),
        files={_FILE: yaml.dump(settings(platform))},
        secrets={FOLDER: authority.secret(part.GATEWAY)},
        health=("/", part.HEALTH),
        cpu="200m",
        memory="512Mi",
        most="1Gi",
        grace=60,
    )
