"""Finds the rendered file that holds the object of a patch."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from groundplan.model.file import File
from groundplan.model.patch import Target
from groundplan.patches.error import PatchError, near
from groundplan.patches.kustomization import NAME

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def values(file: File) -> dict[str, Any]:
    """Return the object in a file as plain values."""
    found: dict[str, Any] = yaml.load(file.content, Loader=_LOADER)  # noqa: S506 - a safe loader
    return found


def find(files: Iterable[File], wanted: Target) -> str:
    """Return the path of the file with the object.

    Raises:
        PatchError: there is none, or more than one.
    """
    objects = [each for each in files if not each.path.endswith(NAME)]
    alike = [each for each in objects if _may_be(each, wanted)]
    found = [each.path for each in alike if _is(values(each), wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        hint = "name its namespace or apiVersion too"
        raise PatchError(f"must be one object, is {len(found)}: {', '.join(found)}", hint)
    raise _missing([values(each) for each in objects], wanted)


def _may_be(file: File, wanted: Target) -> bool:
    """Say whether a file can hold the object, without reading all of it as YAML."""
    return f"kind: {wanted.kind}\n" in file.content and wanted.name in file.content


def _is(found: Mapping[str, Any], wanted: Target) -> bool:
    meta = found["metadata"]
    return (
        (found["kind"], meta["name"]) == (wanted.kind, wanted.name)
        and wanted.api_version in ("", found["apiVersion"])
        and wanted.namespace in ("", meta.get("namespace"))
    )


def _missing(objects: Iterable[Mapping[str, Any]], wanted: Target) -> PatchError:
    names = {(each["kind"], each["metadata"]["name"]): each for each in objects}
    if same := names.get((wanted.kind, wanted.name)):
        place = f"{same['apiVersion']}, namespace {same['metadata'].get('namespace', 'none')}"
        return PatchError(f"finds no such object; the one of this name is {place}")
    of_kind = [name for kind, name in names if kind == wanted.kind]
    if of_kind:
        return PatchError(f"finds no {wanted.kind} `{wanted.name}`", near(wanted.name, of_kind))
    kinds = {kind for kind, _ in names}
    return PatchError(f"finds no {wanted.kind} at all", near(wanted.kind, kinds))
