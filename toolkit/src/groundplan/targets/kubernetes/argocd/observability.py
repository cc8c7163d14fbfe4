"""Applications of what watches: after the platform, so that nothing waits for it.

Takes the platform; hands on the project that bounds them, one application for what must be there
first, one a chart with the values that the target `monitoring` rendered, and one for the objects.
"""

from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.release import BRANCH
from groundplan.targets.kubernetes import observability, pinned
from groundplan.targets.kubernetes.argocd import application, repository
from groundplan.targets.kubernetes.argocd.application import Application
from groundplan.targets.kubernetes.argocd.kinds import Kinds
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.pinned import Chart

PROJECT: Final = "observability"
MONITORING: Final = "monitoring"
TARGET: Final = "monitoring"
"""The folder of the target below that of the environment."""
FOLDERS: Final = (
    "collector",
    "dashboards",
    "elastic",
    "fluentd",
    "jaeger",
    "logstash",
    "monitors",
    "prometheus-rules",
)
"""What is delivered last; the charts bring the kinds of these objects."""
CLUSTER_KINDS: Final[Kinds] = {
    "": ("Namespace",),
    "admissionregistration.k8s.io": (
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
    ),
    "apiextensions.k8s.io": ("CustomResourceDefinition",),
    "cert-manager.io": ("ClusterIssuer",),
    "rbac.authorization.k8s.io": ("ClusterRole", "ClusterRoleBinding"),
}
KINDS: Final[Kinds] = {
    "": ("ConfigMap", "PersistentVolumeClaim", "Secret", "Service", "ServiceAccount"),
    "apps": ("DaemonSet", "Deployment", "StatefulSet"),
    "batch": ("CronJob", "Job"),
    "cert-manager.io": ("Certificate", "Issuer"),
    "elasticsearch.k8s.elastic.co": ("Elasticsearch",),
    "external-secrets.io": ("ExternalSecret", "SecretStore"),
    "generators.external-secrets.io": ("Password",),
    "kibana.k8s.elastic.co": ("Kibana",),
    "logstash.k8s.elastic.co": ("Logstash",),
    "monitoring.coreos.com": ("Alertmanager", "PodMonitor", "Prometheus", "PrometheusRule",
                              "ServiceMonitor"),
    "networking.k8s.io": ("NetworkPolicy",),
    "policy": ("PodDisruptionBudget",),
    "rbac.authorization.k8s.io": ("Role", "RoleBinding"),
}  # fmt: skip
_AUTHORITY, _FIRST, _CHARTS, _OBJECTS = -2, 2, 3, 4
_PLACES: Final = {
    pinned.KUBE_PROMETHEUS_STACK: MONITORING,
    pinned.ECK_OPERATOR: "elastic-system",
}
"""Each chart's namespace."""


def namespaces(platform: Platform) -> tuple[str, ...]:
    """Return where the project may deliver: beside its own, what others must find at theirs."""
    system = "kube-system"
    return ("cert-manager", "elastic-system", system, MONITORING, "node-agents", platform.name)


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the applications; the authority comes before the platform, which speaks to all."""
    authority = Application(
        name=f"{PROJECT}-authority",
        project=PROJECT,
        namespace=observability.ISSUERS,
        sources=[repository.source(platform, placement, observability.FOLDER)],
        wave=_AUTHORITY,
    )
    first = _application(platform, placement, "first", ("namespaces",), _FIRST)
    charts = (_chart(platform, placement, chart, where) for chart, where in _PLACES.items())
    others = FOLDERS if platform.observability.dashboards else _without_dashboards()
    last = _application(platform, placement, "objects", others, _OBJECTS)
    made = (authority, first, *charts, last)
    return [application.rendered(platform, placement, each) for each in made]


def _without_dashboards() -> tuple[str, ...]:
    return tuple(name for name in FOLDERS if name != "dashboards")


def _application(
    platform: Platform, placement: Placement, name: str, folders: tuple[str, ...], wave: int
) -> Application:
    return Application(
        name=f"{PROJECT}-{name}",
        project=PROJECT,
        namespace=MONITORING,
        sources=[_source(platform, placement, folder) for folder in folders],
        wave=wave,
    )


def _chart(platform: Platform, placement: Placement, chart: Chart, namespace: str) -> Application:
    """Return the application of a chart, which reads its values from our repository."""
    values = f"$values/{_path(placement, 'charts')}/{chart.name}.yaml"
    source = {
        "repoURL": chart.repository,
        "chart": chart.name,
        "targetRevision": chart.version,
        "helm": {"releaseName": chart.name, "valueFiles": [values]},
    }
    beside = {"repoURL": repository.url(platform), "targetRevision": BRANCH, "ref": "values"}
    return Application(
        name=chart.name,
        project=PROJECT,
        namespace=namespace,
        sources=[source, beside],
        wave=_CHARTS,
        ignored=[_SET_IN_CLUSTER],
    )


_SET_IN_CLUSTER: Final = {
    "group": "admissionregistration.k8s.io",
    "kind": "ValidatingWebhookConfiguration",
    "jqPathExpressions": [".webhooks[]?.clientConfig.caBundle"],
}
"""What cert-manager or the chart's operator writes beside what the chart says."""


def _source(platform: Platform, placement: Placement, folder: str) -> dict[str, Any]:
    return {
        "repoURL": repository.url(platform),
        "targetRevision": BRANCH,
        "path": _path(placement, folder),
    }


def _path(placement: Placement, folder: str) -> str:
    return f"generated/{placement.environment}/{TARGET}/{folder}"
