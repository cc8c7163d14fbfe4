"""An application of Argo CD: from where, to where, in which order, and how it is kept in step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.object import Custom

API: Final = "argoproj.io/v1alpha1"
NAMESPACE: Final = "argocd"
APPLICATIONS: Final = "applications"
SERVICES: Final = "cluster-services"
"""Projects, beside that of the platform, which has the platform's name."""
CLUSTER: Final = "https://kubernetes.default.svc"
"""The cluster in which Argo CD itself runs; it knows no other."""
_OPTIONS: Final = ("ServerSideApply=true", "PruneLast=true", "ApplyOutOfSyncOnly=true")
_RETRY: Final = {"limit": 5, "backoff": {"duration": "10s", "factor": 2, "maxDuration": "5m"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is delivered into one namespace."""

    name: str
    project: str
    namespace: str
    sources: Sequence[Mapping[str, Any]]
    wave: int
    """Its place in the order; the next wave begins when all of this one are healthy."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of the namespace, which is made with them; none where it is there already."""
    ignored: Sequence[Mapping[str, Any]] = ()
    """What the cluster itself changes, so that it is no difference."""


def rendered(platform: Platform, placement: Placement, found: Application) -> Custom:
    """Return the application as an object; nobody has to press a button for it."""
    annotations = {"argocd.argoproj.io/sync-wave": str(found.wave)}
    meta = label.metadata(
        platform, placement, "argocd", found.name, annotations=annotations, namespace=NAMESPACE
    )
    source = (
        {"source": dict(found.sources[0])}
        if len(found.sources) == 1
        else {"sources": [dict(each) for each in found.sources]}
    )
    spec = {
        "project": found.project,
        **source,
        "destination": {"server": CLUSTER, "namespace": found.namespace},
        "syncPolicy": _policy(found),
        **({"ignoreDifferences": [dict(each) for each in found.ignored]} if found.ignored else {}),
        "revisionHistoryLimit": 10,
    }
    return Custom(API, "Application", meta, spec)


def _policy(found: Application) -> dict[str, Any]:
    made = bool(found.labels)
    options = [f"CreateNamespace={str(made).lower()}", *_OPTIONS]
    if found.ignored:
        options.append("RespectIgnoreDifferences=true")
    return {
        "automated": {"prune": True, "selfHeal": True, "allowEmpty": False},
        "retry": dict(_RETRY),
        "syncOptions": options,
        **({"managedNamespaceMetadata": {"labels": dict(found.labels)}} if made else {}),
    }
