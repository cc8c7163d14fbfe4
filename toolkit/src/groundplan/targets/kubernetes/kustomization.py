"""kustomization.yaml: what a folder holds, for kustomize and for Argo CD."""

from collections.abc import Iterable
from typing import Final

from groundplan.formats import yaml
from groundplan.model.file import File, Files

NAME: Final = "kustomization.yaml"


def of_folder(folder: str, paths: Iterable[str]) -> File:
    """Return the list of a folder's files, whose paths are given from the same place."""
    names = sorted(path.removeprefix(f"{folder}/") for path in paths)
    return File(f"{folder}/{NAME}", _dump(names))


def of_folders(files: Files, *, apart: Iterable[str] = ()) -> Files:
    """Return the list of every folder, and one of all folders but those that stand apart."""
    below: dict[str, list[str]] = {}
    for file in files:
        below.setdefault(file.path.split("/", 1)[0], []).append(file.path)
    folders = sorted(set(below) - set(apart))
    return (
        File(NAME, _dump(folders)),
        *(of_folder(folder, paths) for folder, paths in sorted(below.items())),
    )


def _dump(resources: list[str]) -> str:
    return yaml.dump(
        {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": resources,
        }
    )
