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
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Roll the component."""
    client = Client(place.find(arguments))
    client.restart(arguments.name, lambda text: print(text, file=sys.stderr))
    return 0
