"""`./run restart NAME`: one replica after the other, without losing a request."""

import argparse
import sys
from typing import Any

from groundplan.cli import place
from groundplan.runner.client import Client


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("restart", help="restart a component", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument("name", metavar="NAME", help="a component, or one replica (backend-1)")
    parser.add_argument(
        "--folder",
        action="store_true",
        help="leave the version that was deployed, and run what the service's folder holds",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Roll the component."""
    client = Client(place.find(arguments))
    client.restart(
        arguments.name, lambda text: print(text, file=sys.stderr), folder=arguments.folder
    )
    return 0
