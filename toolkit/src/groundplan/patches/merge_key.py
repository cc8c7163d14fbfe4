"""By which key Kubernetes merges the items of a list; lists without one are replaced whole.

The table is that of `x-kubernetes-patch-merge-key` and `x-kubernetes-patch-strategy: merge` in
Kubernetes' own OpenAPI documents, for what manifests hold. Objects of operators have none.
"""

from collections.abc import Mapping
from typing import Final

KEYS: Final[Mapping[str, str]] = {
    "containers": "name",
    "env": "name",
    "ephemeralContainers": "name",
    "hostAliases": "ip",
    "imagePullSecrets": "name",
    "initContainers": "name",
    "matchConditions": "name",
    "ownerReferences": "uid",
    "resourceClaims": "name",
    "schedulingGates": "name",
    "secrets": "name",
    "topologySpreadConstraints": "topologyKey",
    "variables": "name",
    "volumeDevices": "devicePath",
    "volumeMounts": "mountPath",
    "volumes": "name",
    "webhooks": "name",
}
PORTS: Final = "ports"
PORT_KEYS: Final = {"Service": "port"}
"""A Service's ports have another key than a container's."""
SETS: Final = frozenset({"finalizers"})
"""Lists of plain values that are united."""


def of(field: str, kind: str) -> str | None:
    """Return the key by which a list of a kind of object is merged; None where it is replaced."""
    if field == PORTS:
        return PORT_KEYS.get(kind, "containerPort")
    return KEYS.get(field)


def is_kubernetes(api_version: str) -> bool:
    """Say whether a kind is Kubernetes' own, whose lists have merge keys."""
    group, slash, _ = api_version.rpartition("/")
    return not slash or "." not in group or group.endswith(".k8s.io")
