"""Objects of Kubernetes around the platform: plain values, one file an object, a list a folder.

Takes what a component is made of; hands on files. They stand apart from the platform's own
objects, because what watches must not be needed by what is watched.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.flow import COMPONENT_LABEL as NAME
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform

Object = dict[str, Any]
NAMESPACE: Final = "monitoring"
"""Where everything stands that watches."""
AGENTS: Final = "node-agents"
"""Where what reads a node itself stands, apart from all that need not."""
CONFIGURATION: Final = "groundplan.dev/configuration"
"""The annotation that changes with the configuration, so that pods are replaced by it."""
REASON: Final = "groundplan.dev/reason"
_DIGITS: Final = 16
_KUSTOMIZATION: Final = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}


def labels(platform: Platform, placement: Placement, component: str) -> dict[str, str]:
    """Return the labels of everything that belongs to a component."""
    return {
        NAME: component,
        "app.kubernetes.io/part-of": platform.name,
        "app.kubernetes.io/managed-by": "argocd",
        "groundplan.dev/environment": placement.environment,
    }


class Maker:
    """Makes the objects of one component in one namespace."""

    def __init__(
        self, platform: Platform, placement: Placement, component: str, namespace: str = NAMESPACE
    ) -> None:
        self.platform = platform
        self.placement = placement
        self.component = component
        self.namespace = namespace

    @property
    def labels(self) -> dict[str, str]:
        """The labels of the component."""
        return labels(self.platform, self.placement, self.component)

    @property
    def selector(self) -> dict[str, Any]:
        """What selects the component's pods."""
        return {"matchLabels": {NAME: self.component}}

    def make(
        self,
        kind: str,
        body: Mapping[str, Any],
        name: str = "",
        *,
        annotations: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Object:
        """Return an object.

        Args:
            kind: `apiVersion Kind`, as `apps/v1 Deployment`.
            body: everything beside what it is and its metadata.
            name: its own name; the component's where it has none.
            annotations: of the object.
            more: labels beside the component's.
        """
        version, _, word = kind.partition(" ")
        meta: dict[str, Any] = {"name": name or self.component}
        if self.namespace:
            meta["namespace"] = self.namespace
        meta["labels"] = {**self.labels, **(more or {})}
        if annotations:
            meta["annotations"] = dict(annotations)
        return {"apiVersion": version, "kind": word, "metadata": meta, **body}


def around(platform: Platform, placement: Placement, component: str) -> Maker:
    """Return what makes objects that stand in no namespace."""
    return Maker(platform, placement, component, namespace="")


def digest(files: Mapping[str, str]) -> str:
    """Return what changes when a file does."""
    return sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:_DIGITS]


def folder(name: str, objects: Iterable[Object]) -> Files:
    """Return a folder with one file an object, and the list of them."""
    found = tuple(File(f"{name}/{_file(name, each)}", yaml.dump(each)) for each in objects)
    names = sorted(each.path.removeprefix(f"{name}/") for each in found)
    listed = yaml.dump({**_KUSTOMIZATION, "resources": names})
    return (*found, File(f"{name}/kustomization.yaml", listed))


def _file(folder: str, found: Object) -> str:
    kind, name = found["kind"].lower(), found["metadata"]["name"]
    own = "" if name == folder else f"-{name.removeprefix(f'{folder}-')}"
    space = found["metadata"].get("namespace", NAMESPACE)
    apart = "" if space == NAMESPACE else f".{space}"
    return f"{kind}{own}{apart}.yaml"
