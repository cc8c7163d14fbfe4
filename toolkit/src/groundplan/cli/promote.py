"""`./run promote FROM TO`: the images that run in one environment are released to the next.

Only digests that were delivered to FROM are carried over, and only those of services that TO has.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from groundplan import loader
from groundplan.cli import consent, stack
from groundplan.cloud.delivery import branch
from groundplan.cloud.delivery.branch import APPLIED, HEADS
from groundplan.errors import UsageError
from groundplan.loader import release as releases
from groundplan.model.release import BRANCH, Release
from groundplan.writer import release as writer


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "promote", help="release one environment's images to another", description=__doc__
    )
    parser.add_argument("source", metavar="FROM", help="where the images run")
    parser.add_argument("target", metavar="TO", help="where they shall run")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.add_argument("--out", type=Path, default=Path("generated"), help="the rendered folder")
    parser.add_argument("--branch", default=BRANCH, help=f"for Argo CD (default: {BRANCH})")
    parser.add_argument("--yes", action="store_true", help="do not ask; for CI")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Promote."""
    source, target = arguments.source, arguments.target
    if source == target:
        raise UsageError(f"{source} cannot be promoted to itself", hint="name two environments")
    before = releases.load(arguments.file, source, loader.load(arguments.file, source))
    platform = loader.load(arguments.file, target)
    old = releases.load(arguments.file, target, platform)
    new = old.promoted_from(before, platform.services)
    changed = sorted(name for name in new.images if new.images[name] != old.images.get(name))
    if not changed:
        stack.say(f"{target} has the images of {source} already")
        return 0
    _refuse_undelivered(arguments, source, {name: new.images[name] for name in changed})
    for line in _described(old, new, changed):
        print(line)
    if not arguments.yes and consent.answer(f"type {consent.YES} to go on: ") != consent.YES:
        stack.say("nothing was changed")
        return 0
    path = writer.write(arguments.file, target, new)
    stack.say(f"{path} is written; ./run deploy {target} delivers it")
    return 0


def _described(old: Release, new: Release, changed: Iterable[str]) -> Iterator[str]:
    for name in changed:
        yield f"{name}: {old.images.get(name, 'none')} -> {new.images[name]}"


def _refuse_undelivered(
    arguments: argparse.Namespace, source: str, images: dict[str, str]
) -> None:
    """Refuse images that the source does not run as far as is known.

    Raises:
        UsageError: an image was not delivered there last.
    """
    delivered = "\n".join(_delivered(arguments, source))
    missing = [name for name, image in images.items() if image not in delivered]
    if missing:
        raise UsageError(
            f"{', '.join(missing)} of releases/{source}.json was not delivered to {source}",
            hint=f"./run deploy {source} delivers it and waits for its health; promote it then",
        )


def _delivered(arguments: argparse.Namespace, source: str) -> Iterator[str]:
    folder = Path(arguments.file).absolute().parent
    for ref in (f"{HEADS}{arguments.branch}", f"{APPLIED}{source}"):
        kept = branch.open_(folder, arguments.out / source, ref)
        yield from (file.content for file in kept.files)
