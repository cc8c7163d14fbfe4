"""Logstash: makes lines of all sorts alike, and stores them; what does not fit is kept apart.

Takes batches from the agents of nodes, over TLS that both ends show certificates for. What it took
is on its disk before it says so; when the disk's share is full it answers 429, and agents wait.
A line that Elasticsearch refuses goes to the dead letters, and from there into a stream of its
own.
"""

from typing import Any, Final

from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import authority
from groundplan.targets.monitoring.elastic import cluster, size
from groundplan.targets.monitoring.logstash import pipeline
from groundplan.targets.monitoring.manifest import Maker, Object

__all__ = ["objects"]

NAME: Final = "logstash"
QUEUE: Final = "4gb"
DEAD: Final = "1gb"
DISK: Final = "8Gi"
"""More than the queue and the dead letters together; each pipeline has both for itself."""
_BESIDE: Final = {"queue.type": "memory", "dead_letter_queue.enable": False}
"""Dead letters are on the disk until they are stored, and are none a second time."""


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return Logstash as ECK reads it, and its certificate."""
    maker = Maker(platform, placement, NAME)
    spec = {
        "version": image.ELASTIC,
        "count": size.of(platform).copies,
        "elasticsearchRefs": [{"name": cluster.NAME, "clusterName": pipeline.CLUSTER.lower()}],
        "config": {
            "queue.type": "persisted",
            "queue.max_bytes": QUEUE,
            "dead_letter_queue.enable": True,
            "dead_letter_queue.max_bytes": DEAD,
            "dead_letter_queue.storage_policy": "drop_older",
            "pipeline.ecs_compatibility": "v8",
            "log.format": "json",
        },
        "pipelines": [
            {
                "pipeline.id": pipeline.MAIN,
                "pipeline.workers": 2,
                "config.string": pipeline.lines(platform, placement),
            },
            {
                "pipeline.id": "dead-letters",
                "pipeline.workers": 1,
                **_BESIDE,
                "config.string": pipeline.dead_letters(platform, placement),
            },
        ],
        "services": [_service(maker)],
        "volumeClaimTemplates": [cluster.claim(platform, "logstash-data", DISK)],
        "podTemplate": _pods(maker),
    }
    return [
        maker.make("logstash.k8s.elastic.co/v1alpha1 Logstash", {"spec": spec}),
        authority.certificate(maker, f"{NAME}-ls-input"),
    ]


def _service(maker: Maker) -> dict[str, Any]:
    port = {
        "name": "input",
        "port": pipeline.PORT,
        "targetPort": pipeline.PORT,
        "protocol": "TCP",
    }
    spec = {"type": "ClusterIP", "ports": [port]}
    return {"name": "input", "service": {"metadata": {"labels": maker.labels}, "spec": spec}}


def _pods(maker: Maker) -> dict[str, Any]:
    found = cluster.template(maker, NAME, "2Gi", "1")
    # The operator leaves to others what is added to its pods; without it their input would go on
    # to show a certificate that has ended.
    found["metadata"]["annotations"] = authority.reload(NAME)
    spec, [container] = found["spec"], found["spec"]["containers"]
    secret = {"secretName": authority.secret(NAME), "defaultMode": 0o440}
    spec["volumes"] = [{"name": "tls", "secret": secret}]
    container["volumeMounts"] = [{"name": "tls", "mountPath": authority.FOLDER, "readOnly": True}]
    container["ports"] = [{"name": "input", "containerPort": pipeline.PORT, "protocol": "TCP"}]
    return found
