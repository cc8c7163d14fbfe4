"""`./run render ENV`: the files of all targets, for people to review and clusters to sync."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from groundplan import loader, patches
from groundplan.errors import DriftError
from groundplan.loader import beside
from groundplan.loader.beside import NOTHING, Beside
from groundplan.model import placement
from groundplan.model.file import Files
from groundplan.model.patch import Patch
from groundplan.model.placement import Placement
from groundplan.model.platform import STORES, Platform
from groundplan.model.release import NONE, Release
from groundplan.targets import TARGETS, local
from groundplan.writer.diff import Change, changes, unified
from groundplan.writer.write import write

LOCAL: Final = "local"
FIRST_PORT: Final = 8080
OBJECTS: Final = "kubernetes/"
FOLDERS: Final = local.Folders("/var/lib/groundplan", "/run/groundplan", ".")
"""Where a run on one machine would stand; a real run chooses its own folders and ports."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "render", help="write the files of all targets", description=__doc__
    )
    parser.add_argument("environment", metavar="ENV", help="local, dev, prod or one of your own")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.add_argument("--out", type=Path, default=Path("generated"), help="where to write")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 4 and show what would change"
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite files that were changed by hand"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Render one environment into its folder."""
    _, files = load(arguments.file, arguments.environment)
    folder = arguments.out / arguments.environment
    if arguments.check:
        return _check(files, folder, f"./run render {arguments.environment}")
    print(f"{folder}: {_summary(write(files, folder, force=arguments.force))}")
    return 0


def load(file: str, environment: str) -> tuple[Platform, Files]:
    """Return a platform and its files, with the release and the patches that stand beside it.

    Raises:
        PlatformFileError: the platform file, the release or a patch cannot be used.
    """
    platforms = loader.environments(file, environment)
    platform = platforms[environment]
    extra = beside.load(file, environment, platform)
    return platform, render(platform, environment, extra, platforms)


def render(
    platform: Platform,
    environment: str,
    extra: Beside = NOTHING,
    environments: Mapping[str, Platform] | None = None,
) -> Files:
    """Return the files of all targets, each below its target's word.

    Args:
        platform: the platform.
        environment: the name of the environment.
        extra: what stands beside the file.
        environments: all environments of the file, for the catalog to show.
    """
    where = replace(
        place(platform, environment, extra.release), environments=dict(environments or {})
    )
    files = tuple(
        replace(file, path=f"{word}/{file.path}")
        for word, target in TARGETS.items()
        for file in target(platform, where)
    )
    return files if environment == LOCAL else _patched(files, extra.patches)


def _patched(files: Files, found: Sequence[Patch]) -> Files:
    """Lay the patches over the objects of Kubernetes; all other files stay as they are."""
    if not found:
        return files
    objects = tuple(file for file in files if file.path.startswith(OBJECTS))
    others = tuple(file for file in files if not file.path.startswith(OBJECTS))
    return (*others, *patches.apply(objects, found))


def place(platform: Platform, environment: str, release: Release = NONE) -> Placement:
    """Return where components stand: the usual ports here, names in a cluster."""
    if environment != LOCAL:
        components = (*platform.services, *STORES)
        return placement.in_kubernetes(
            components,
            namespace=platform.name,
            domain=platform.domain,
            environment=environment,
            encrypted=platform.security.encryption.in_transit,
            images=release.images,
            outputs=release.outputs,
        )
    names = [need.name for need in local.needs(platform)]
    ports = {name: FIRST_PORT + index for index, name in enumerate(names)}
    return local.place(platform, ports, FOLDERS)


def _check(files: Files, folder: Path, command: str) -> int:
    found = changes(files, folder)
    if not found:
        print(f"{folder}: current")
        return 0
    for line in unified(found, folder):
        print(line)
    raise DriftError(f"{folder} is stale: {_summary(found)}", hint=f"write it with {command}")


def _summary(found: list[Change]) -> str:
    created = sum(change.before is None for change in found)
    removed = sum(change.after is None for change in found)
    replaced = len(found) - created - removed
    if not found:
        return "current"
    return f"{created} created, {replaced} replaced, {removed} removed"
