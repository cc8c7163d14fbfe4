"""Rendered objects as delivery knows them: what tells one from another, and what holds data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import yaml

from groundplan.admission import pod
from groundplan.model.file import File, Files

FOLDER: Final = "kubernetes/"
KUSTOMIZATION: Final = "kustomization.yaml"
ARGOCD: Final = "argocd"
"""The folder of what Argo CD itself reads; kubectl does not apply it."""
HOOK: Final = "argocd.argoproj.io/hook"
WAVE: Final = "argocd.argoproj.io/sync-wave"
DATA: Final = frozenset({"Namespace", "PersistentVolume", "PersistentVolumeClaim"})
"""Kinds with which data goes."""
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Identity(NamedTuple):
    """What tells an object from all others; the versions of a kind are the same."""

    group: str
    kind: str
    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class Object:
    """One object, and the file that it came from."""

    values: Mapping[str, Any]
    path: str = ""

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.values["kind"])

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.values["metadata"]["name"])

    @property
    def namespace(self) -> str:
        """Its namespace; empty where it has none."""
        return str(self.values["metadata"].get("namespace", ""))

    @property
    def identity(self) -> Identity:
        """What tells it from all others."""
        group, _, _ = str(self.values["apiVersion"]).rpartition("/")
        return Identity(group, self.kind, self.namespace, self.name)

    @property
    def type(self) -> str:
        """Its type as kubectl takes it: `deployment.v1.apps`."""
        group, _, version = str(self.values["apiVersion"]).rpartition("/")
        return f"{self.kind.lower()}.{version}.{group}" if group else self.kind.lower()

    @property
    def title(self) -> str:
        """Its name for people."""
        return f"{self.kind} {self.name}"

    @property
    def hook(self) -> str:
        """When it runs beside the rest: PreSync, PostSync; empty where it is part of the rest."""
        return str(self._annotations.get(HOOK, ""))

    @property
    def wave(self) -> int:
        """Its place in the order of hooks."""
        return int(self._annotations.get(WAVE, 0))

    @property
    def holds_data(self) -> bool:
        """Whether data goes with it."""
        claims = self.values.get("spec", {}).get("volumeClaimTemplates")
        return self.kind in DATA or (self.kind == "StatefulSet" and bool(claims))

    @property
    def _annotations(self) -> Mapping[str, Any]:
        return self.values["metadata"].get("annotations") or {}


def read(files: Files) -> tuple[Object, ...]:
    """Return the objects of an environment's files, in the order of the files."""
    return tuple(Object(values, file.path) for file in files for values in _values(file))


def applied(objects: Iterable[Object]) -> tuple[Object, ...]:
    """Return the objects that kubectl applies: all but those for Argo CD."""
    own = f"{FOLDER}{ARGOCD}/"
    return tuple(each for each in objects if not each.path.startswith(own))


def images(objects: Iterable[Object]) -> dict[str, str]:
    """Return the image of each container, by its name; a service's has the service's name."""
    found = pod.pods(each.values for each in objects)
    ran = [one.values for each in found for one in pod.containers(each)]
    return {str(one["name"]): str(one.get("image", "")) for one in ran}


def _values(file: File) -> Iterator[Mapping[str, Any]]:
    is_object = file.path.startswith(FOLDER) and file.path.endswith(".yaml")
    if not is_object or file.path.rpartition("/")[2] == KUSTOMIZATION:
        return
    for values in yaml.load_all(file.content, Loader=_LOADER):
        if isinstance(values, dict) and "kind" in values:
            yield values
