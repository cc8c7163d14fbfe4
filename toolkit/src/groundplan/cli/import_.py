"""`./run import ENV`: adopt an existing VPC, database or other resource at the next apply."""

import argparse
from typing import Any

from groundplan.cli import stack
from groundplan.cloud import adopt
from groundplan.errors import UsageError


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "import", help="adopt what is in the account", description=__doc__
    )
    stack.add_arguments(parser, can_simulate=False)
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="its name in Terraform")
    parser.add_argument("id", nargs="?", metavar="ID", help="its name in AWS")
    parser.add_argument("--vpc", metavar="ID", help="adopt a VPC")
    parser.add_argument("--database", metavar="ID", help="adopt an RDS instance")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the import blocks."""
    wanted = _wanted(arguments)
    folder = stack.find(arguments).rendered
    for address, number in wanted:
        print(adopt.add(folder, address, number))
    stack.say(f"./run plan {arguments.environment} shows what adopting changes")
    return 0


def _wanted(arguments: argparse.Namespace) -> list[tuple[str, str]]:
    """Return what is to be adopted: addresses with ids.

    Raises:
        UsageError: nothing is, or an address has no id.
    """
    named = ((adopt.VPC, arguments.vpc), (adopt.DATABASE, arguments.database))
    wanted = [(address, number) for address, number in named if number]
    if arguments.address and not arguments.id:
        raise UsageError(f"{arguments.address} needs the id that AWS knows it by")
    if arguments.address:
        wanted.append((arguments.address, arguments.id))
    if not wanted:
        raise UsageError(
            "nothing is named to adopt",
            hint="name it with --vpc ID, --database ID, or ADDRESS ID",
        )
    return wanted
