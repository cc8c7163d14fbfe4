"""Fluentd on every node: lines of all pods to Logstash, sampled ones of the edge to collectors.

It reads what the container runtime writes. What waits stands on the node's disk and survives a
restart; when its share of the disk is full it stops reading, and nothing is lost that the runtime
still has. What Logstash refuses for good becomes a dead letter on the node, for a week.

It alone reads files of a node, as root, which no restricted namespace allows; so it stands apart.
"""

from typing import Any, Final

from groundplan.model import image
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import authority, manifest, workload
from groundplan.targets.monitoring.fluentd import settings
from groundplan.targets.monitoring.manifest import Maker, Object
from groundplan.targets.monitoring.workload import Program

__all__ = ["objects"]

NAME: Final = "fluentd"
HEALTH: Final = 24220
_FILE: Final = "fluent.conf"
_ROOT: Final = 0
_ON_NODE: Final = "/var/lib/groundplan/fluentd"
_REASON: Final = (
    "reads the log files of a node, which only root may read, and keeps its buffer there; it has "
    "no capability, no privilege and no network of the node"
)


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return what Fluentd is made of."""
    maker = Maker(platform, placement, NAME, manifest.AGENTS)
    found = workload.daemon(maker, _program(platform), securityContext=_identity())
    daemon = found[0]
    daemon["metadata"]["annotations"] = {manifest.REASON: _REASON, **authority.reload(NAME)}
    [container] = daemon["spec"]["template"]["spec"]["containers"]
    container["securityContext"] = {**workload.confinement(), "runAsNonRoot": False}
    logs = next(each for each in container["volumeMounts"] if each["name"] == "logs")
    logs["readOnly"] = True
    return [*found, authority.certificate(maker)]


def _program(platform: Platform) -> Program:
    node = {"fieldRef": {"apiVersion": "v1", "fieldPath": "spec.nodeName"}}
    state = {"path": _ON_NODE, "type": "DirectoryOrCreate"}
    return Program(
        image=image.FLUENTD.reference,
        command=("tini", "--", "fluentd", "--config", f"{workload.CONFIGURATION}/{_FILE}"),
        ports={"health": HEALTH},
        environment=({"name": "NODE_NAME", "valueFrom": node},),
        files={_FILE: settings.render(platform)},
        secrets={authority.FOLDER: authority.secret(NAME)},
        volumes=(
            ({"name": "logs", "hostPath": {"path": "/var/log", "type": "Directory"}}, "/var/log"),
            ({"name": "state", "hostPath": state}, settings.STATE),
        ),
        health=("/api/plugins.json", HEALTH),
        cpu="100m",
        memory="192Mi",
        most="384Mi",
        grace=60,
    )


def _identity() -> dict[str, Any]:
    return {
        "runAsUser": _ROOT,
        "runAsGroup": _ROOT,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
