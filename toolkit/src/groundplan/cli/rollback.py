"""`./run rollback ENV`: return to what was delivered before, as a delivery of its own.

Nothing of the history is lost: the branch gets a new commit with the earlier files. Run twice, it
comes back. The release names the images that came back, so that the next delivery keeps them.
"""

import argparse
from typing import Any

from groundplan import loader
from groundplan.cli import delivery, stack
from groundplan.cli.delivery import Delivery
from groundplan.cloud.delivery import branch, manifest
from groundplan.cloud.delivery.branch import Branch, Revision
from groundplan.errors import UsageError
from groundplan.loader import release as releases
from groundplan.model import release
from groundplan.model.file import Files
from groundplan.model.platform import Platform
from groundplan.model.release import Release
from groundplan.writer import release as writer


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "rollback", help="return to what was delivered before", description=__doc__
    )
    delivery.add_arguments(parser)
    parser.add_argument("--to", metavar="REVISION", help="a commit of the branch; else the last")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Roll back."""
    environment = arguments.environment
    platform = loader.load(arguments.file, environment)
    kept = delivery.open_branch(arguments)
    wanted = arguments.to or _previous(kept, environment).commit
    commit, files = branch.at(kept, wanted)
    stack.say(f"returning to {commit[:12]}")
    message = f"Roll {environment} back to {commit[:12]}\n"
    old = releases.load(arguments.file, environment, platform)
    new = old.returned_to(_images(platform, old, files))

    def keep() -> None:
        if new != old:
            path = writer.write(arguments.file, environment, new)
            stack.say(f"{path} names the images that came back; commit it")

    found = Delivery(platform, environment, files, message, arguments, keep)
    return delivery.carry_out(found, kept)


def _images(platform: Platform, old: Release, files: Files) -> dict[str, str]:
    """Return the released images of a delivery; what the platform file names itself is none."""
    ran = manifest.images(manifest.read(files))
    return {
        name: ran[name]
        for name, service in platform.services.items()
        if release.is_reference(ran.get(name, ""))
        and (name in old.images or not (service.run and service.run.image))
    }


def _previous(kept: Branch, environment: str) -> Revision:
    """Return the delivery before the last."""
    found = branch.history(kept)
    if len(found) < 2:
        raise UsageError(
            f"{environment} was delivered {len(found)} times to {kept.name}; there is nothing to"
            " return to",
            hint="name a revision with --to, or another branch with --branch",
        )
    return found[1]
