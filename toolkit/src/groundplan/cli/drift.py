"""`./run drift ENV`: compare what is in the account with what the file says; changes nothing."""

import argparse
from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from groundplan.cli import stack
from groundplan.cli.stack import Stack
from groundplan.cloud import simulation, words
from groundplan.cloud.changes import Plan
from groundplan.cloud.delivery import report
from groundplan.cloud.root import Root
from groundplan.errors import DriftError


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "drift", help="compare the account with the file", description=__doc__
    )
    stack.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare; exit code 4 where something differs."""
    found = stack.find(arguments)
    if not arguments.simulate:
        with stack.real(found) as root:
            return _compare(root, found, is_told=True)
    keep = simulation.find(found.place) is not None
    with stack.simulation_of(found, keep=keep) as root:
        return _compare(root, found, is_told=False)


def _compare(root: Root, found: Stack, *, is_told: bool) -> int:
    with stack.planned(root, found.environment) as seen:
        plan = seen.plan
    if plan.is_empty and not plan.drift:
        stack.show([Text(f"{found.environment} is what the platform file says")])
        return 0
    told = list(_differences(plan))
    stack.show(told)
    if is_told:
        report.hand_in(found.environment, "drift.txt", "drift", stack.text(told), stack.say)
    raise DriftError(
        f"{found.environment} is not what the platform file says",
        hint=f"./run apply {found.environment} makes it so, or change the file to what is there",
    )


def _differences(plan: Plan) -> Iterator[Text | Table]:
    if plan.drift:
        yield Text("changed since the last apply, outside Terraform:", style="bold")
        yield from words.drift(plan)
    if not plan.is_empty:
        yield Text("what apply would do:", style="bold")
        yield from words.describe(plan)
