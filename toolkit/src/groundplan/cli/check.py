"""`./run check`: every problem of the platform file at once."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from groundplan import loader
from groundplan.errors import PlatformFileError


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "check", help="show every problem of the platform file", description=__doc__
    )
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the file in every environment."""
    checked = loader.check(arguments.file)
    for warning in checked.warnings:
        print(warning, file=sys.stderr)
    if checked.faults:
        raise PlatformFileError(checked.faults)
    print(f"{arguments.file} is fine: {_summary(checked)}")
    return 0


def _summary(checked: loader.Checked) -> str:
    services = {name for each in checked.platforms.values() for name in each.services}
    counts = (
        _count(services, "service"),
        _count(checked.platforms, "environment"),
        _count(checked.warnings, "warning"),
    )
    return ", ".join(counts)


def _count(things: Sequence[Any] | set[str] | dict[str, Any], word: str) -> str:
    return f"{len(things)} {word}" if len(things) == 1 else f"{len(things)} {word}s"
