"""Elasticsearch and Kibana as ECK reads them: as many nodes as `size` says, each on a disk."""

from typing import Any, Final

from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import authority, workload
from groundplan.targets.monitoring.elastic import size, user
from groundplan.targets.monitoring.manifest import Maker, Object

NAME: Final = "elasticsearch"
KIBANA: Final = "kibana"
PORT: Final = 9200
URL: Final = f"https://{NAME}-es-http:{PORT}"
AUTHORITY: Final = f"{NAME}-es-http-certs-public"
"""The Secret with the certificates of those who vouch for it."""
PASSWORD: Final = f"{NAME}-es-elastic-user"
"""The Secret with the password of the user who may do everything."""
DISK: Final = "50Gi"
_USER: Final = 1000
"""As the images of Elastic have it."""
_KEPT: Final = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the two objects, and the certificate of the first."""
    maker = Maker(platform, placement, NAME)
    return [
        _elasticsearch(platform, placement),
        authority.certificate(maker, f"{NAME}-es-http"),
        _kibana(platform, placement),
    ]


def template(maker: Maker, container: str, memory: str, cores: str) -> dict[str, Any]:
    """Return what a pod of Elastic must keep to; the operator fills in the rest.

    Args:
        maker: of the component.
        container: what the operator calls its container.
        memory: asked for and never exceeded, so that the heap is its share of it.
        cores: of CPU, at the most.
    """
    bounds = workload.resources("250m", memory, memory, cores)
    return {
        "metadata": {"labels": maker.labels},
        "spec": {
            "automountServiceAccountToken": False,
            "securityContext": workload.identity(_USER),
            "containers": [
                {
                    "name": container,
                    "resources": bounds,
                    "securityContext": workload.confinement(),
                }
            ],
        },
    }


def claim(platform: Platform, name: str, size: str) -> dict[str, Any]:
    """Return a disk of the platform's class, which is encrypted."""
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": f"{platform.name}-encrypted",
        "resources": {"requests": {"storage": size}},
    }
    return {"metadata": {"name": name}, "spec": spec}


def _elasticsearch(platform: Platform, placement: Placement) -> Object:
    maker = Maker(platform, placement, NAME)
    sized = size.of(platform)
    pods = template(maker, NAME, sized.memory, "2")
    pods["spec"]["topologySpreadConstraints"] = [
        {
            "maxSkew": 1,
            "topologyKey": "topology.kubernetes.io/zone",
            "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": maker.selector,
        }
    ]
    settings = {
        # Without memory maps no container has to change the kernel's limits as root.
        "node.store.allow_mmap": False,
        "xpack.ml.enabled": False,
        "action.destructive_requires_name": True,
        "cluster.routing.allocation.disk.watermark.low": "80%",
        "cluster.routing.allocation.disk.watermark.high": "88%",
        "cluster.routing.allocation.disk.watermark.flood_stage": "93%",
    }
    nodes = {
        "name": "hot",
        "count": sized.nodes,
        "config": settings,
        "podTemplate": pods,
        "volumeClaimTemplates": [claim(platform, "elasticsearch-data", DISK)],
    }
    spec = {
        "version": image.ELASTIC,
        "http": {"tls": {"certificate": {"secretName": authority.secret(NAME)}}},
        "auth": {
            "fileRealm": [{"secretName": user.name(each)} for each in (user.JAEGER, user.READER)],
            "roles": [{"secretName": user.roles()}],
        },
        "volumeClaimDeletePolicy": "DeleteOnScaledownOnly",
        "nodeSets": [nodes],
    }
    kind = "elasticsearch.k8s.elastic.co/v1 Elasticsearch"
    return maker.make(kind, {"spec": spec}, annotations=_KEPT)


def _kibana(platform: Platform, placement: Placement) -> Object:
    maker = Maker(platform, placement, KIBANA)
    spec = {
        "version": image.ELASTIC,
        "count": 1,
        "elasticsearchRef": {"name": NAME},
        "config": {"telemetry.optIn": False, "telemetry.allowChangingOptInStatus": False},
        "podTemplate": template(maker, KIBANA, "1Gi", "1"),
    }
    return maker.make("kibana.k8s.elastic.co/v1 Kibana", {"spec": spec})
