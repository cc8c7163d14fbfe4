"""Objects as Kubernetes reads them: typed where Kubernetes defines them, plain where others do.

Takes lightkube's resources, or a `Custom` one; hands on one YAML file an object, in the folder
of its component.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lightkube.models.meta_v1 import ObjectMeta

from groundplan.formats import yaml
from groundplan.model.file import File, Files

FIRST = ("apiVersion", "kind", "metadata")
Resource = Any
"""A dataclass of lightkube.resources: it has `to_dict`, and its fields are checked by mypy."""


@dataclass(frozen=True, slots=True)
class Custom:
    """An object whose kind an operator defines; its schema is checked by tests."""

    apiVersion: str  # noqa: N815, as Kubernetes spells it
    kind: str
    metadata: ObjectMeta
    spec: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "apiVersion": self.apiVersion,
            "kind": self.kind,
            "metadata": self.metadata.to_dict(),
            "spec": dict(self.spec),
        }


Object = Resource | Custom


def plain(found: Object) -> dict[str, Any]:
    """Return an object as plain values, beginning with what it is."""
    values: dict[str, Any] = found.to_dict()
    rest = {key: value for key, value in values.items() if key not in FIRST}
    return {**{key: values[key] for key in FIRST}, **rest}


def files(folder: str, objects: Iterable[Object]) -> Files:
    """Return one file an object, named by its kind, and by its name where that is another."""
    return tuple(File(_path(folder, each), yaml.dump(each)) for each in map(plain, objects))


def _path(folder: str, values: Mapping[str, Any]) -> str:
    kind, name = values["kind"].lower(), values["metadata"]["name"]
    component = folder.rsplit("/", 1)[-1]
    own = "" if name == component else f"-{name.removeprefix(f'{component}-')}"
    return f"{folder}/{kind}{own}.yaml"
