"""A person's changes to rendered objects, laid over them; what is rendered and what a person wrote
stay apart.

Pure: takes the files of the kubernetes target and patches as they were read, hands on files. An
object that a patch removes leaves its folder's kustomization too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from groundplan.errors import PlatformFileError, Problem
from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.patch import JsonPatch, Patch
from groundplan.patches import kustomization, merge, operation, target
from groundplan.patches.error import CODE, PatchError

__all__ = ["apply"]


def apply(files: Files, patches: Iterable[Patch]) -> Files:
    """Return the files with every patch applied, in the order of the patches.

    Raises:
        PlatformFileError: a patch finds no object, or no such place in it; holds them all.
    """
    held = {file.path: file for file in files}
    problems: list[Problem] = []
    for patch in patches:
        try:
            path = target.find(held.values(), patch.target)
            _replace(held, path, _patched(target.values(held[path]), patch))
        except PatchError as error:
            problems.append(_problem(patch, error))
    if problems:
        raise PlatformFileError(problems)
    return tuple(held.values())


def _patched(values: Mapping[str, Any], patch: Patch) -> Mapping[str, Any] | None:
    if isinstance(patch, JsonPatch):
        return operation.apply(values, patch.operations)
    return merge.merge(values, patch.values)


def _replace(held: dict[str, File], path: str, values: Mapping[str, Any] | None) -> None:
    """Put an object's new values in its file's place, or take the file away."""
    file = held[path]
    if values is not None:
        held[path] = File(path, yaml.dump(values), file.mode)
        return
    del held[path]
    held.update({each.path: each for each in kustomization.without(held.values(), path)})


def _problem(patch: Patch, found: PatchError) -> Problem:
    field = str(patch.target)
    return Problem(
        patch.file, found.line, int(found.line > 0), field, found.message, found.hint, CODE
    )
