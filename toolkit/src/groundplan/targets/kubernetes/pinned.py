"""What others make and we run: charts and the cache's images, each with its version and source.

Images that more than one target runs stand in `model.image`. A digest stands here only where a
public text states it; `digest` is empty where none was found, and then the tag alone decides. To
renew: change a row, render, read the difference.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.model.image import Image
from groundplan.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Chart:
    """A Helm chart of a public repository."""

    repository: str
    name: str
    version: str
    program: str
    """The version of what it installs."""
    source: str
    seen: str


_REDIS: Final = "docker.io/library/redis"
_CACHES: Final = {
    "6.2": Image(
        _REDIS,
        "6.2.20-alpine",
        "sha256:2185e741f4c1e7b0ea9ca1e163a3767c4270a73086b6bbea2049a7203212fb7f",
        "a public installer of Immich 3.1.0 that pulls it",
        "2026-08-22",
    ),
    "7.4": Image(
        _REDIS,
        "7.4-alpine",
        "sha256:858f009f9709ce576febc734aa78b8f6d624b82571f9ddb6bda4377c833b3499",
        "a public list of base images, read from the registry",
        "2026-10-05",
    ),
}

CERT_MANAGER: Final = Chart(
    "https://charts.jetstack.io",
    "cert-manager",
    "v1.21.2",
    "v1.21.2",
    "https://github.com/Ashpex/homelab/pull/54",
    "2026-11-22",
)
EXTERNAL_SECRETS: Final = Chart(
    "https://charts.external-secrets.io",
    "external-secrets",
    "2.9.0",
    "v2.9.0",
    "https://github.com/external-secrets/external-secrets",
    "2026-08-08",
)
LOAD_BALANCER_CONTROLLER: Final = Chart(
    "https://aws.github.io/eks-charts",
    "aws-load-balancer-controller",
    "3.5.0",
    "v3.5.0",
    "https://github.com/aws/eks-charts",
    "2026-08-03",
)
CLUSTER_AUTOSCALER: Final = Chart(
    "https://kubernetes.github.io/autoscaler",
    "cluster-autoscaler",
    "9.59.0",
    "1.35.0",
    "https://github.com/kubernetes/autoscaler",
    "2026-08-22",
)
EXTERNAL_DNS: Final = Chart(
    "https://kubernetes-sigs.github.io/external-dns",
    "external-dns",
    "1.21.1",
    "v0.21.0",
    "https://github.com/hmcts/cnp-flux-config/pull/45213",
    "2026-05-29",
)
RELOADER: Final = Chart(
    "https://stakater.github.io/stakater-charts",
    "reloader",
    "2.2.16",
    "v1.4.21",
    "https://github.com/stakater/Reloader/pull/1205",
    "2026-11-22",
)
ARGO_CD: Final = Chart(
    "https://argoproj.github.io/argo-helm",
    "argo-cd",
    "10.1.1",
    "v3.4.4",
    "https://github.com/argoproj/argo-helm",
    "2026-07-02",
)
KUBE_PROMETHEUS_STACK: Final = Chart(
    "https://prometheus-community.github.io/helm-charts",
    "kube-prometheus-stack",
    "88.5.3",
    "v0.93.1",
    "https://github.com/prometheus-community/helm-charts",
    "2026-08-22",
)
ECK_OPERATOR: Final = Chart(
    "https://helm.elastic.co",
    "eck-operator",
    "3.5.0",
    "3.5.0",
    "https://github.com/k8s-operatorhub/community-operators/pull/8938",
    "2026-08-05",
)
OBSERVABILITY: Final = (ECK_OPERATOR, KUBE_PROMETHEUS_STACK)
"""Charts of what watches; their values are the target `monitoring`'s."""
CHARTS: Final = (
    ARGO_CD,
    CERT_MANAGER,
    CLUSTER_AUTOSCALER,
    EXTERNAL_DNS,
    EXTERNAL_SECRETS,
    LOAD_BALANCER_CONTROLLER,
    RELOADER,
)


def cache(platform: Platform) -> Image:
    """Return the cache's image; a version that is not in the table is named by its tag alone."""
    version = platform.cache.version
    unknown = Image(_REDIS, f"{version}-alpine", "", "the file's own version", "")
    return _CACHES.get(version, unknown)
