"""The pods that objects ask for: of Pods themselves and of the templates of all workloads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, namespace, title

TEMPLATES: Final = {
    "Pod": "",
    "Deployment": "spec.template",
    "StatefulSet": "spec.template",
    "DaemonSet": "spec.template",
    "ReplicaSet": "spec.template",
    "ReplicationController": "spec.template",
    "Job": "spec.template",
    "CronJob": "spec.jobTemplate.spec.template",
}
"""Where each kind has its pod."""
CONTAINERS: Final = ("initContainers", "containers", "ephemeralContainers")


@dataclass(frozen=True, slots=True)
class Pod:
    """What one object says of its pods."""

    owner: Object
    path: str
    """Where the pod's `spec` stands in its owner."""
    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    spec: Mapping[str, Any]

    @property
    def namespace(self) -> str:
        """The namespace in which it runs."""
        return namespace(self.owner)

    def finding(self, path: str, must: str) -> Finding:
        """Return a finding on something below the pod's `spec`."""
        return Finding(title(self.owner), f"{self.path}.{path}", must)


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a pod, of whichever sort."""

    pod: Pod
    path: str
    """Where it stands below the pod's `spec`."""
    values: Mapping[str, Any]

    @property
    def security(self) -> Mapping[str, Any]:
        """Its security context; empty where it has none."""
        return self.values.get("securityContext") or {}

    def finding(self, path: str, must: str) -> Finding:
        """Return a finding on something below the container."""
        return self.pod.finding(f"{self.path}.{path}", must)


def pods(objects: Iterable[Object]) -> Iterator[Pod]:
    """Yield the pods that objects ask for, in the objects' order."""
    for found in objects:
        path = TEMPLATES.get(found["kind"])
        if path is not None:
            yield _pod(found, path)


def containers(pod: Pod) -> Iterator[Container]:
    """Yield all containers of a pod: the first ones, the lasting ones and those of debuggers."""
    for sort in CONTAINERS:
        for each in pod.spec.get(sort) or ():
            yield Container(pod, f"{sort}[{each['name']}]", each)


def _pod(owner: Object, path: str) -> Pod:
    template: Mapping[str, Any] = owner
    for key in filter(None, path.split(".")):
        template = template[key]
    meta = template.get("metadata") or {}
    return Pod(
        owner,
        f"{path}.spec".removeprefix("."),
        meta.get("labels") or {},
        meta.get("annotations") or {},
        template["spec"],
    )
