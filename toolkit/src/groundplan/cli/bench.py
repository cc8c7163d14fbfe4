"""`./run bench`: ours beside the Express stack that does the same work, as ratios."""

import argparse
from typing import Any

from groundplan.cli.become import become
from groundplan.cli.test import NO_OPTIONS


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "bench",
        help="measure beside the peers",
        description=__doc__,
        prefix_chars=NO_OPTIONS,
        add_help=False,
    )
    parser.add_argument("words", nargs="*", help="for the measurement; --help shows them")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the measurement in the repository."""
    become(["-m", "bench", *arguments.words])
