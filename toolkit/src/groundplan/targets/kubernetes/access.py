"""What people may do in the cluster: viewer, operator and administrator, as in the console.

Takes the platform; hands on roles of its namespace and one that looks at the cluster around it,
bound to groups that the cluster's access entries give to IAM principals. Each role holds the one
before. Nobody may read a Secret, give rights away, act as another or enter a container: whoever
must, is an administrator of the whole cluster, by an access entry and not by these roles.
"""

from collections.abc import Mapping
from typing import Final

from lightkube.models.rbac_v1 import PolicyRule, RoleRef, Subject
from lightkube.resources.rbac_authorization_v1 import (
    ClusterRole,
    ClusterRoleBinding,
    Role,
    RoleBinding,
)

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.object import Object

FOLDER: Final = "access"
VIEWER: Final = "viewer"
OPERATOR: Final = "operator"
ADMINISTRATOR: Final = "administrator"
ROLES: Final = (VIEWER, OPERATOR, ADMINISTRATOR)
_RBAC: Final = "rbac.authorization.k8s.io"

_LOOK: Final = ("get", "list", "watch")
_CHANGE: Final = ("create", "update", "patch", "delete")

_WORKLOADS: Final = {
    "": ("configmaps", "persistentvolumeclaims", "serviceaccounts", "services"),
    "apps": ("deployments", "statefulsets"),
    "autoscaling": ("horizontalpodautoscalers",),
    "batch": ("cronjobs", "jobs"),
    "networking.k8s.io": ("ingresses", "networkpolicies"),
    "policy": ("poddisruptionbudgets",),
}
_SEEN: Final[Mapping[str, tuple[str, ...]]] = {
    **_WORKLOADS,
    "": (*_WORKLOADS[""], "endpoints", "events", "limitranges", "pods", "resourcequotas"),
    "apps": (*_WORKLOADS["apps"], "replicasets"),
    "cert-manager.io": ("certificaterequests", "certificates", "issuers"),
    "discovery.k8s.io": ("endpointslices",),
    "events.k8s.io": ("events",),
    "external-secrets.io": ("externalsecrets", "secretstores"),
    "metrics.k8s.io": ("pods",),
}
"""What a viewer sees in the namespace: everything but Secrets."""
_AROUND: Final = {
    "": ("namespaces", "nodes", "persistentvolumes"),
    "argoproj.io": ("applications",),
    "metrics.k8s.io": ("nodes",),
    "networking.k8s.io": ("ingressclasses",),
    "scheduling.k8s.io": ("priorityclasses",),
    "storage.k8s.io": ("storageclasses",),
}
"""What anybody sees of the cluster."""


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the roles and who has them."""
    found: list[Object] = []
    for role, rules in _rules().items():
        called = f"{platform.name}-{role}"
        meta = label.metadata(platform, placement, FOLDER, called)
        reference = RoleRef(kind="Role", name=called, apiGroup=_RBAC)
        found.append(Role(metadata=meta, rules=rules))
        found.append(
            RoleBinding(metadata=meta, roleRef=reference, subjects=[_group(platform, role)])
        )
    return {FOLDER: [*found, *_around(platform, placement)]}


def group(platform: Platform, role: str) -> str:
    """Return the group whose members have a role; access entries of the cluster name it."""
    return f"{platform.name}:{role}"


def _rules() -> dict[str, list[PolicyRule]]:
    viewer = _allow(_SEEN, _LOOK)
    return {
        VIEWER: viewer,
        OPERATOR: [*viewer, *_operate()],
        ADMINISTRATOR: [*viewer, *_operate(), *_allow(_WORKLOADS, _CHANGE)],
    }


def _operate() -> list[PolicyRule]:
    """Return what keeps things running: read logs, start a pod or a job anew, scale.

    To patch a Deployment would be to run any program with any Secret, so a restart is the end
    of a pod, which its Deployment replaces.
    """
    return [
        PolicyRule(apiGroups=[""], resources=["pods/log"], verbs=["get"]),
        PolicyRule(apiGroups=[""], resources=["pods"], verbs=["delete"]),
        PolicyRule(apiGroups=[""], resources=["pods/eviction"], verbs=["create"]),
        PolicyRule(apiGroups=["batch"], resources=["jobs"], verbs=["delete"]),
        PolicyRule(
            apiGroups=["apps"],
            resources=["deployments/scale", "statefulsets/scale"],
            verbs=["get", "patch", "update"],
        ),
    ]


def _around(platform: Platform, placement: Placement) -> list[Object]:
    called = f"{platform.name}-{VIEWER}"
    meta = label.cluster_metadata(platform, placement, FOLDER, called)
    return [
        ClusterRole(metadata=meta, rules=_allow(_AROUND, _LOOK)),
        ClusterRoleBinding(
            metadata=meta,
            roleRef=RoleRef(kind="ClusterRole", name=called, apiGroup=_RBAC),
            subjects=[_group(platform, role) for role in ROLES],
        ),
    ]


def _allow(resources: Mapping[str, tuple[str, ...]], verbs: tuple[str, ...]) -> list[PolicyRule]:
    return [
        PolicyRule(apiGroups=[api], resources=list(found), verbs=list(verbs))
        for api, found in sorted(resources.items())
    ]


def _group(platform: Platform, role: str) -> Subject:
    return Subject(kind="Group", name=group(platform, role), apiGroup=_RBAC)
