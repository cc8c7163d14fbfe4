"""`./run destroy ENV`: remove everything, then prove from the account that nothing is left.

What Kubernetes made outside Terraform goes first. What holds data is kept unless it is asked
for twice; a final snapshot of each database stays even then. What is simulated ends with its
simulator, which ends without --keep whatever fails; only Ctrl-C leaves it.
"""

import argparse
from contextlib import ExitStack
from typing import Any, Final

from rich.text import Text

from groundplan.cli import consent, stack
from groundplan.cli.stack import Stack
from groundplan.cloud import account, data, leftovers, proof, refusal, simulation, terraform, words
from groundplan.cloud.account import Clients
from groundplan.cloud.changes import Plan
from groundplan.cloud.root import Root
from groundplan.cloud.simulation import Simulator
from groundplan.cloud.terraform import Planned
from groundplan.errors import DriftError, GroundplanError, ToolError, UsageError
from groundplan.tools import aws

PARALLELISM: Final = 20
GONE: Final = "-destroy"
"""Terraform's word for a plan after which nothing is left."""
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
    if arguments.simulate:
        return _simulated(found, arguments)
    with stack.real(found) as root, stack.planned(root, found.environment, GONE) as seen:
        return _destroy(root, found, arguments, seen)


def _simulated(found: Stack, arguments: argparse.Namespace) -> int:
    """Destroy what is simulated, or end a simulator in which nothing can be destroyed."""
    there = simulation.find(found.place)
    if there is None:
        return _end_lost(found)
    if not simulation.answers(there):
        return _end_broken(found, there, "it does not answer")
    arguments.yes = arguments.with_data = True
    try:
        return _joined(found, arguments, there)
    except GroundplanError:
        if not arguments.keep:
            simulation.end(found.place, there)
        raise


def _joined(found: Stack, arguments: argparse.Namespace, there: Simulator) -> int:
    with ExitStack() as opened:
        try:
            root = opened.enter_context(stack.simulation_of(found, keep=arguments.keep))
            seen = opened.enter_context(stack.planned(root, found.environment, GONE))
        except ToolError as error:
            if arguments.keep:
                raise
            return _end_broken(found, there, error.message.splitlines()[0])
        return _destroy(root, found, arguments, seen)


def _end_lost(found: Stack) -> int:
    """End a simulator whose record is gone; where there is none either, say how to make one."""
    there = simulation.lost(found.place)
    if there is None:
        again = f"./run apply {found.environment} --simulate --keep makes one that stays"
        raise UsageError(f"no simulated {found.environment} is there", hint=again)
    return _end_broken(found, there, "its record is lost")


def _end_broken(found: Stack, there: Simulator, why: str) -> int:
    """End a simulator; with it goes all that it simulated."""
    simulation.end(found.place, there)
    stack.say(f"the simulator of {found.environment} is ended, but nothing was proved: {why}")
    return 0


def _destroy(root: Root, found: Stack, arguments: argparse.Namespace, seen: Planned) -> int:
    try:
        return _steps(root, found, arguments, seen)
    except aws.errors() as error:
        raise refusal.of_api(error) from None


def _steps(root: Root, found: Stack, arguments: argparse.Namespace, seen: Planned) -> int:
    clients = stack.clients(found, root, simulate=arguments.simulate)
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
    with stack.planned(root, found.environment, GONE) as rest:
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
