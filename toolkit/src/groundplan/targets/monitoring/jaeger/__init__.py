"""Jaeger: takes the traces that the collectors kept, stores them in Elasticsearch, shows them.

Version 2 is a collector with a store and a question: the same configuration, the same TLS. An
index a day holds spans; a job deletes those that are older than the file says.
"""

from typing import Any, Final

from groundplan.formats import yaml
from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.setting import EVERYWHERE
from groundplan.targets.monitoring import authority, workload
from groundplan.targets.monitoring.authority import FOLDER
from groundplan.targets.monitoring.collector import part
from groundplan.targets.monitoring.elastic import cluster, lifecycle, size, user
from groundplan.targets.monitoring.manifest import Maker, Object
from groundplan.targets.monitoring.workload import Program

__all__ = ["objects", "settings"]

NAME: Final = "jaeger"
CLEANER: Final = "jaeger-cleaner"
QUERY: Final = 16686
COPIES: Final = 2
PORTS: Final = {"grpc": part.GRPC, "query": QUERY, "figures": part.FIGURES}
_STORE: Final = "elasticsearch"
_FILE: Final = "jaeger.yaml"
_ELASTIC: Final = "/etc/groundplan/elastic"
_USER: Final = "/etc/groundplan/user"
_CLEANING: Final = "40 3 * * *"


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return what Jaeger is made of."""
    maker = Maker(platform, placement, NAME)
    return [
        *workload.deployment(maker, _program(platform), COPIES),
        workload.service(maker, PORTS),
        authority.certificate(maker),
        *_cleaner(Maker(platform, placement, CLEANER), platform),
    ]


def settings(platform: Platform) -> dict[str, Any]:
    """Return the configuration."""
    served = part.receiver(FOLDER, mutual=True)
    # Who reads has no certificate of its own; a policy says who may.
    shown = part.receiver(FOLDER, mutual=False)["protocols"]["http"]["tls"]
    return {
        "extensions": {
            "healthcheckv2": {
                "use_v2": True,
                "http": {"endpoint": f"{part.ADDRESS}:{part.HEALTH}"},
            },
            "jaeger_storage": {"backends": {_STORE: {"elasticsearch": _store(platform)}}},
            "jaeger_query": {
                "storage": {"traces": _STORE},
                # A forwarded port, by which people open its page, arrives at the loopback.
                "http": {"endpoint": f"{EVERYWHERE}:{QUERY}", "tls": shown},
                "grpc": {"endpoint": "localhost:16685"},
            },
        },
        "receivers": {"otlp": {"protocols": {"grpc": served["protocols"]["grpc"]}}},
        "processors": {"memory_limiter": dict(part.LIMITER), "batch": dict(part.BATCH)},
        "exporters": {"jaeger_storage_exporter": {"trace_storage": _STORE}},
        "service": {
            **part.service(
                {
                    "traces": {
                        "receivers": ["otlp"],
                        "processors": ["memory_limiter", "batch"],
                        "exporters": ["jaeger_storage_exporter"],
                    }
                }
            ),
            "extensions": ["healthcheckv2", "jaeger_storage", "jaeger_query"],
        },
    }


def _store(platform: Platform) -> dict[str, Any]:
    daily = {
        "date_layout": "2006-01-02",
        "rollover_frequency": "day",
        "shards": 1,
        "replicas": size.of(platform).replicas,
    }
    return {
        "server_urls": [cluster.URL],
        "auth": {"basic": {"username": user.JAEGER, "password_file": f"{_USER}/password"}},
        "tls": {"ca_file": f"{_ELASTIC}/ca.crt"},
        "create_mappings": True,
        "max_span_age": f"{24 * lifecycle.days_of(platform.observability.traces.retention)}h",
        "query_timeout": "10s",
        "bulk_processing": {"workers": 2, "flush_interval": "1s"},
        "indices": {
            name: dict(daily) for name in ("spans", "services", "dependencies", "sampling")
        },
    }


def _program(platform: Platform) -> Program:
    return Program(
        image=image.JAEGER.reference,
        arguments=("--config", f"{workload.CONFIGURATION}/{_FILE}"),
        ports={**PORTS, "health": part.HEALTH},
        environment=part.environment(),
        files={_FILE: yaml.dump(settings(platform))},
        secrets={
            FOLDER: authority.secret(NAME),
            _ELASTIC: cluster.AUTHORITY,
            _USER: user.name(user.JAEGER),
        },
        health=("/status", part.HEALTH),
        cpu="200m",
        memory="256Mi",
        most="512Mi",
        grace=60,
    )


def _cleaner(maker: Maker, platform: Platform) -> list[Object]:
    days = lifecycle.days_of(platform.observability.traces.retention)
    password = {"secretKeyRef": {"name": user.name(user.JAEGER), "key": "password"}}
    program = Program(
        image=image.JAEGER_CLEANER.reference,
        arguments=(str(days), cluster.URL),
        environment=(
            {"name": "ES_USERNAME", "value": user.JAEGER},
            {"name": "ES_PASSWORD", "valueFrom": password},
            {"name": "ES_TLS_ENABLED", "value": "true"},
            {"name": "ES_TLS_CA", "value": f"{_ELASTIC}/ca.crt"},
        ),
        secrets={_ELASTIC: cluster.AUTHORITY},
    )
    pod = {**workload.pod(maker, program), "restartPolicy": "Never"}
    spec = {
        "schedule": _CLEANING,
        "timeZone": "Etc/UTC",
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 3600,
        "jobTemplate": {
            "spec": {
                "activeDeadlineSeconds": 1800,
                "backoffLimit": 3,
                "template": {"metadata": {"labels": maker.labels}, "spec": pod},
            }
        },
    }
    return [maker.make("batch/v1 CronJob", {"spec": spec}), *workload.around(maker, program)]
