"""`./run status`: every replica and how it is; exit code 0 only when all are ready."""

import argparse
import json
import sys
from typing import Any

from groundplan.cli import place
from groundplan.errors import NotReadyError
from groundplan.runner.client import Client


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("status", help="show every replica", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the status."""
    client = Client(place.find(arguments))
    status = client.status()
    for each in status["components"]:
        each.pop("log", None)
    if arguments.json:
        print(json.dumps(status, indent=2))
    else:
        _show(status)
    if client.trouble:
        print(client.trouble, file=sys.stderr)
    return 0 if status["state"] == "ready" else NotReadyError.exit_code


def _show(status: dict[str, Any]) -> None:
    """Print the table; what draws it is loaded only here, because programs need not wait."""
    from rich.console import Console

    from groundplan.runner import memory, table

    console = Console(highlight=False, soft_wrap=True)
    used = memory.of(each["pid"] for each in status["components"] if each["pid"])
    console.print(table.table(status, used))
    console.print(f"{status['state']}: {status['url']}, {sum(used.values()) >> 20} MB")
