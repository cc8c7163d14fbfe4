"""The last step: the folders that the file names are there. The only rule that asks the disk."""

from collections.abc import Iterator
from pathlib import Path

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.model.platform import Platform


def missing(platform: Platform, folder: Path) -> Iterator[Finding]:
    """Yield every `run.directory` that is not a folder.

    Args:
        platform: whose services are looked at.
        folder: where the platform file lies.
    """
    for name, service in platform.services.items():
        directory = service.run.directory if service.run else None
        if directory is None or _is_folder(folder / directory):
            continue
        path = ("services", name, "run", "directory")
        hint = "the path counts from the folder of the file that names it"
        yield Finding(path, f"there is no folder `{directory}`", Code.DIRECTORY, hint)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
