"""`./run render ENV`: the files of all targets, for people to review and clusters to sync."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from groundplan import loader
from groundplan.errors import DriftError
from groundplan.model import placement
from groundplan.model.file import Files
from groundplan.model.placement import Placement
from groundplan.model.platform import STORES, Platform
from groundplan.targets import TARGETS, local
from groundplan.writer.diff import Change, changes, unified
from groundplan.writer.write import write

LOCAL: Final = "local"
FIRST_PORT: Final = 8080
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
    platform = loader.load(arguments.file, arguments.environment)
    files = render(platform, arguments.environment)
    folder = arguments.out / arguments.environment
    if arguments.check:
        return _check(files, folder, f"./run render {arguments.environment}")
    print(f"{folder}: {_summary(write(files, folder, force=arguments.force))}")
    return 0


def render(platform: Platform, environment: str) -> Files:
    """Return the files of all targets, each below its target's word."""
    where = place(platform, environment)
    return tuple(
        replace(file, path=f"{word}/{file.path}")
        for word, target in TARGETS.items()
        for file in target(platform, where)
    )


def place(platform: Platform, environment: str) -> Placement:
    """Return where components stand: the usual ports here, names in a cluster."""
    if environment != LOCAL:
        components = (*platform.services, *STORES)
        return placement.in_kubernetes(
            components,
            namespace=platform.name,
            domain=platform.domain,
            environment=environment,
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
