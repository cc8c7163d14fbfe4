"""`./run rollback ENV`: return to what was delivered before, as a delivery of its own.

Nothing of the history is lost: the branch gets a new commit with the earlier files. Run twice, it
comes back.
"""

import argparse
from typing import Any

from groundplan import loader
from groundplan.cli import delivery, stack
from groundplan.cli.delivery import Delivery
from groundplan.cloud.delivery import branch
from groundplan.cloud.delivery.branch import Branch, Revision
from groundplan.errors import UsageError


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
    return delivery.carry_out(Delivery(platform, environment, files, message, arguments), kept)


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
