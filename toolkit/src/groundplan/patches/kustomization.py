"""Keeps the kustomization of a folder in step when an object leaves it."""

from collections.abc import Iterable
from typing import Final

import yaml

from groundplan.formats import yaml as yaml_format
from groundplan.model.file import File

NAME: Final = "kustomization.yaml"


def without(files: Iterable[File], path: str) -> tuple[File, ...]:
    """Return the kustomizations that listed a file, as they are without it."""
    folder, _, name = path.rpartition("/")
    own = f"{folder}/{NAME}" if folder else NAME
    return tuple(_without(each, name) for each in files if each.path == own)


def _without(file: File, name: str) -> File:
    values = yaml.safe_load(file.content)
    values["resources"] = [each for each in values.get("resources") or () if each != name]
    return File(file.path, yaml_format.dump(values), file.mode)
