"""`./run plan ENV`: what applying the platform file would change, in words; changes nothing."""

import argparse
from typing import Any

from groundplan.cli import bill, stack
from groundplan.cli.stack import Stack
from groundplan.cloud import simulation, words
from groundplan.cloud.root import Root


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "plan", help="show what apply would change", description=__doc__
    )
    stack.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the plan."""
    found = stack.find(arguments)
    if not arguments.simulate:
        with stack.real(found) as root:
            return _show(root, found)
    keep = simulation.find(found.place) is not None
    with stack.simulation_of(found, keep=keep) as root:
        return _show(root, found)


def _show(root: Root, found: Stack) -> int:
    with stack.planned(root, found.environment) as seen:
        stack.show(words.describe(seen.plan))
    stack.show(bill.describe(bill.estimate(found.platform, found.environment), root.data))
    return 0
