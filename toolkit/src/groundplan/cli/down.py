"""`./run down`: stop everything, callers before what they call; the data stays."""

import argparse
import sys
from typing import Any

from groundplan.cli import place
from groundplan.runner.client import Client


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("down", help="stop everything", description=__doc__)
    place.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Stop the run."""
    folders = place.find(arguments)
    ran = Client(folders).down(lambda text: print(text, file=sys.stderr))
    said = "stopped; the data stays in" if ran else "nothing runs in"
    print(f"{said} {folders.data}", file=sys.stderr)
    return 0
