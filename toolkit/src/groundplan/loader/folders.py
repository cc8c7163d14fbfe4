"""The last step: folders and files that the file names are there; only this asks the disk."""

from collections.abc import Callable, Iterator
from pathlib import Path as Folder

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.tree import Path
from groundplan.model.platform import Platform
from groundplan.model.service import Run


def missing(platform: Platform, folder: Folder) -> Iterator[Finding]:
    """Yield every `run.directory` that is no folder, and every `-r FILE` that is no file.

    Args:
        platform: whose services are looked at.
        folder: where the platform file lies.
    """
    for name, service in platform.services.items():
        if service.run:
            yield from _missing_for(service.run, ("services", name, "run"), folder)


def _missing_for(run: Run, path: Path, folder: Folder) -> Iterator[Finding]:
    place = folder / (run.directory or ".")
    if not _is(place, Folder.is_dir):
        wrong = f"there is no folder `{run.directory}`"
        hint = "the path counts from the folder of the file that names it"
        yield Finding((*path, "directory"), wrong, Code.NOT_THERE, hint)
        return
    for index, requirement in enumerate(run.requirements):
        listed = requirement.removeprefix("-r").strip()
        if listed != requirement and not _is(place / listed, Folder.is_file):
            wrong = f"there is no file `{listed}`"
            hint = "the path counts from run.directory"
            yield Finding((*path, "requirements", index), wrong, Code.NOT_THERE, hint)


def _is(path: Folder, kind: Callable[[Folder], bool]) -> bool:
    try:
        return kind(path)
    except (OSError, ValueError):
        return False
