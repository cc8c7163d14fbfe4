"""Projects of Argo CD: which repositories may deliver which kinds into which namespaces.

One for the platform, one for the services of the cluster, one for what watches, one for the
applications themselves.
The project `default`, which would allow everything to everybody, allows nothing.
"""

from collections.abc import Iterable
from typing import Final

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label, pinned
from groundplan.targets.kubernetes.argocd import observability as watching
from groundplan.targets.kubernetes.argocd import repository
from groundplan.targets.kubernetes.argocd.application import (
    API,
    APPLICATIONS,
    CLUSTER,
    NAMESPACE,
    SERVICES,
)
from groundplan.targets.kubernetes.argocd.kinds import Kinds, listed
from groundplan.targets.kubernetes.argocd.service import NAMESPACES
from groundplan.targets.kubernetes.object import Custom, Object

_DEFAULT: Final = "default"

_PLATFORM_CLUSTER: Final[Kinds] = {
    "": ("Namespace",),
    "elbv2.k8s.aws": ("IngressClassParams",),
    "networking.k8s.io": ("IngressClass",),
    "rbac.authorization.k8s.io": ("ClusterRole", "ClusterRoleBinding"),
    "scheduling.k8s.io": ("PriorityClass",),
    "storage.k8s.io": ("StorageClass",),
}
_PLATFORM: Final[Kinds] = {
    "": ("ConfigMap", "LimitRange", "ResourceQuota", "Service", "ServiceAccount"),
    "apps": ("DaemonSet", "Deployment", "StatefulSet"),
    "autoscaling": ("HorizontalPodAutoscaler",),
    "batch": ("CronJob", "Job"),
    "cert-manager.io": ("Certificate", "Issuer"),
    "external-secrets.io": ("ExternalSecret", "SecretStore"),
    "networking.k8s.io": ("Ingress", "NetworkPolicy"),
    "policy": ("PodDisruptionBudget",),
    "rbac.authorization.k8s.io": ("Role", "RoleBinding"),
}
"""What we render, and no Secret: those come from External Secrets alone."""
_SERVICES_CLUSTER: Final[Kinds] = {
    "": ("Namespace",),
    "admissionregistration.k8s.io": (
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
    ),
    "apiextensions.k8s.io": ("CustomResourceDefinition",),
    "elbv2.k8s.aws": ("IngressClassParams",),
    "gateway.networking.k8s.io": ("GatewayClass",),
    "networking.k8s.io": ("IngressClass",),
    "rbac.authorization.k8s.io": ("ClusterRole", "ClusterRoleBinding"),
}
_SERVICES: Final[Kinds] = {
    "": ("ConfigMap", "Secret", "Service", "ServiceAccount"),
    "apps": ("Deployment", "StatefulSet"),
    "batch": ("Job",),
    "cert-manager.io": ("Certificate", "Issuer"),
    "networking.k8s.io": ("NetworkPolicy",),
    "policy": ("PodDisruptionBudget",),
    "rbac.authorization.k8s.io": ("Role", "RoleBinding"),
}
_APPLICATIONS: Final[Kinds] = {"argoproj.io": ("Application", "AppProject")}


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the projects; they come before every application."""
    ours, charts = [repository.url(platform)], sorted({each.repository for each in pinned.CHARTS})
    wanted = {
        APPLICATIONS: ("what Argo CD delivers", ours, (NAMESPACE,), {}, _APPLICATIONS),
        platform.name: (
            "the platform",
            ours,
            (platform.name,),
            _PLATFORM_CLUSTER,
            _rendered(platform),
        ),
        SERVICES: (
            "what the cluster needs to serve the platform",
            charts,
            NAMESPACES,
            _SERVICES_CLUSTER,
            _SERVICES,
        ),
        watching.PROJECT: (
            "what watches the platform",
            [*ours, *sorted(each.repository for each in pinned.OBSERVABILITY)],
            watching.namespaces(platform),
            watching.CLUSTER_KINDS,
            watching.KINDS,
        ),
        _DEFAULT: ("nothing: every application belongs to a project of its own", [], (), {}, {}),
    }
    return [
        _project(platform, placement, name, description, sources, namespaces, around, within)
        for name, (description, sources, namespaces, around, within) in wanted.items()
    ]


def _rendered(platform: Platform) -> Kinds:
    """Return the kinds of the platform's namespace; a disk only where it keeps the copies."""
    disks = () if flow.are_copies_sent(platform) else ("PersistentVolumeClaim",)
    return {**_PLATFORM, "": (*_PLATFORM[""], *disks)}


def _project(
    platform: Platform,
    placement: Placement,
    name: str,
    description: str,
    sources: list[str],
    namespaces: Iterable[str],
    around: Kinds,
    within: Kinds,
) -> Object:
    annotations = {"argocd.argoproj.io/sync-wave": "-20"}
    meta = label.metadata(
        platform, placement, "argocd", name, annotations=annotations, namespace=NAMESPACE
    )
    spec = {
        "description": description,
        "sourceRepos": sources,
        "destinations": [{"server": CLUSTER, "namespace": each} for each in namespaces],
        "clusterResourceWhitelist": listed(around),
        "namespaceResourceWhitelist": listed(within),
        "orphanedResources": {"warn": name == platform.name},
    }
    return Custom(API, "AppProject", meta, spec)
