"""`./run destroy ENV`: remove everything, then prove from the account that nothing is left.

What Kubernetes made outside Terraform goes first. What holds data is kept unless it is asked
for twice; a final snapshot of each database stays even then.
"""

import argparse
from typing import Any, Final

from rich.text import Text

from groundplan.cli import consent, stack
from groundplan.cli.stack import Stack
from groundplan.cloud import account, data, leftovers, proof, refusal, simulation, terraform, words
from groundplan.cloud.account import Clients
from groundplan.cloud.changes import Plan
from groundplan.cloud.root import Root
from groundplan.cloud.terraform import Planned
from groundplan.errors import DriftError, ToolError, UsageError
from groundplan.tools import aws

PARALLELISM: Final = 20
FILLED: Final = "BucketNotEmpty"
"""AWS' word for a bucket that got something after it was emptied, as that of access logs may."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "destroy", help="remove everything, and prove it", description=__doc__
    )
    stack.add_arguments(parser)
    consent.add_arguments(parser)
    parser.add_argument(
        "--keep", action="store_true", help="let the simulator go on, to look at what is left"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Destroy."""
    found = stack.find(arguments)
    if not arguments.simulate:
        with stack.real(found) as root:
            return _destroy(root, found, arguments)
    if simulation.find(found.place) is None:
        again = f"./run apply {found.environment} --simulate --keep makes one that stays"
        raise UsageError(f"no simulated {found.environment} is there", hint=again)
    arguments.yes = arguments.with_data = True
    with stack.simulation_of(found, keep=arguments.keep) as root:
        return _destroy(root, found, arguments)


def _destroy(root: Root, found: Stack, arguments: argparse.Namespace) -> int:
    try:
        return _steps(root, found, arguments)
    except aws.errors() as error:
        raise refusal.of_api(error) from None


def _steps(root: Root, found: Stack, arguments: argparse.Namespace) -> int:
    clients = stack.clients(found, root, simulate=arguments.simulate)
    with stack.planned(root, found.environment, "-destroy") as seen:
        stack.show(words.describe(seen.plan))
        if not consent.given(seen.plan, found.platform.name, arguments):
            stack.say("nothing was changed")
            return 0
        try:
            _carry_out(root, found, clients, seen)
            return _prove(clients, found)
        except ToolError as error:
            if FILLED not in error.message:
                raise
    stack.say("logs arrived in a bucket meanwhile; once more")
    with stack.planned(root, found.environment, "-destroy") as rest:
        if {*rest.plan.changes} <= {*seen.plan.changes}:
            _carry_out(root, found, clients, rest)
    return _prove(clients, found)


def _carry_out(root: Root, found: Stack, clients: Clients, seen: Planned) -> None:
    _prepare(root, found, clients, seen.plan)
    stack.follow(root, seen, found.environment, PARALLELISM)


def _prepare(root: Root, found: Stack, clients: Clients, plan: Plan) -> None:
    """Remove what stands in Terraform's way: Kubernetes' things, and data's own protection."""
    for thing in leftovers.remove(clients, found.ours):
        stack.say(f"removed {thing.kind} {thing.name}, which Kubernetes had made")
    lost = {change.address for change in plan.losses}
    state = terraform.resources(terraform.show(root))
    values = [(each["type"], each["values"]) for each in state if each["address"] in lost]
    for thing in data.release(clients, values):
        stack.say(f"{thing.kind} {thing.name}: {thing.detail}")


def _prove(clients: Clients, found: Stack) -> int:
    reading = account.read(clients, found.ours)
    end = Text(proof.conclusion(reading), style="bold red" if reading.chargeable else "bold")
    stack.show([proof.table(reading), end])
    if reading.chargeable:
        hint = f"./run destroy {found.environment} can be repeated; the table names what is left"
        raise DriftError(f"{found.environment} is not quite gone", hint=hint)
    return 0
