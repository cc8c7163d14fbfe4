"""`./run deploy ENV`: deliver what the platform file says, after showing what changes, and wait.

Rendered files become a commit on the branch that Argo CD follows, or are applied with kubectl.
"""

import argparse
from pathlib import Path
from typing import Any

from groundplan.cli import delivery, render
from groundplan.cli.delivery import Delivery
from groundplan.cloud.delivery import branch, gate, manifest
from groundplan.cloud.delivery.branch import Branch
from groundplan.errors import UsageError


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "deploy", help="deliver to a cluster and wait for health", description=__doc__
    )
    delivery.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Deploy."""
    environment = arguments.environment
    platform, files = render.load(arguments.file, environment)
    objects = manifest.read(files)
    if not objects:
        hint = "./run up runs it; ./run deploy dev delivers one to a cluster"
        raise UsageError(f"{environment} runs on this machine, not in a cluster", hint=hint)
    gate.refuse(manifest.applied(objects) if arguments.apply else objects, environment)
    source = branch.source(Path(arguments.file).absolute().parent)
    message = f"Deploy {environment}{f' from {source}' if source else ''}\n"
    kept = _kept(arguments)
    return delivery.carry_out(Delivery(platform, environment, files, message, arguments), kept)


def _kept(arguments: argparse.Namespace) -> Branch | None:
    """Return what was delivered before; kubectl can do without a repository."""
    try:
        return delivery.open_branch(arguments)
    except UsageError:
        if arguments.apply:
            return None
        raise
