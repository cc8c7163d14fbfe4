"""Services of the cluster: what every platform on EKS needs beside its own pods, as charts.

Takes the platform; hands on one application a chart, its version pinned, with our values. Two are
missing on purpose: metrics-server and the EBS CSI driver are add-ons of EKS, which Terraform
makes together with the cluster; two owners of one driver would undo each other's work.
"""

from collections.abc import Mapping
from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import pinned
from groundplan.targets.kubernetes.argocd import application, values
from groundplan.targets.kubernetes.argocd.application import NAMESPACE, SERVICES, Application
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.pinned import Chart

SYSTEM: Final = "kube-system"
RESTRICTED: Final = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
}
_PLACES: Final[Mapping[Chart, tuple[str, int]]] = {
    pinned.ARGO_CD: (NAMESPACE, -10),
    pinned.CERT_MANAGER: ("cert-manager", -8),
    pinned.EXTERNAL_SECRETS: ("external-secrets", -6),
    pinned.LOAD_BALANCER_CONTROLLER: (SYSTEM, -6),
    pinned.CLUSTER_AUTOSCALER: (SYSTEM, -6),
    pinned.RELOADER: ("reloader", -6),
    pinned.EXTERNAL_DNS: ("external-dns", -4),
}
"""Each chart's namespace and wave: what others need comes before them."""
NAMESPACES: Final = tuple(sorted({namespace for namespace, _ in _PLACES.values()}))


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return an application for each chart."""
    found = values.of_charts(platform, placement)
    return [
        application.rendered(
            platform, placement, _application(chart, namespace, wave, found[chart])
        )
        for chart, (namespace, wave) in _PLACES.items()
    ]


def _application(
    chart: Chart, namespace: str, wave: int, written: Mapping[str, Any]
) -> Application:
    source = {
        "repoURL": chart.repository,
        "chart": chart.name,
        "targetRevision": chart.version,
        "helm": {"releaseName": chart.name, "valuesObject": written},
    }
    return Application(
        name=chart.name,
        project=SERVICES,
        namespace=namespace,
        sources=[source],
        wave=wave,
        labels={} if namespace == SYSTEM else RESTRICTED,
    )
