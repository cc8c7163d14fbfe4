"""`./run logs [NAME]`: what the replicas said, each line behind its replica's name."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from groundplan.cli import place
from groundplan.errors import UsageError
from groundplan.runner import journal

COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "bright_cyan", "bright_green", "red")
PAUSE = 0.2


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("logs", help="show what was logged", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument("name", nargs="?", metavar="NAME", help="a component or one replica")
    parser.add_argument("-f", "--follow", action="store_true", help="go on with what comes")
    parser.add_argument("-n", "--lines", type=int, default=20, help="last lines of each log")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the logs."""
    folder = Path(place.find(arguments).logs)
    logs = journal.logs_of(folder, arguments.name)
    if not logs:
        known = ", ".join(sorted(log.stem for log in journal.logs_of(folder, None)))
        wanted = f"of {arguments.name} " if arguments.name else ""
        raise UsageError(
            f"there is no log {wanted}in {folder}", hint=known and f"there are {known}"
        )
    follower = journal.Follower(folder, arguments.name)
    printer = _Printer(max(len(log.stem) for log in logs))
    for log in logs:
        for line in journal.last_lines(log, arguments.lines):
            printer.show(log.stem, line)
    while arguments.follow:
        for name, line in follower.new_lines():
            printer.show(name, line)
        sys.stdout.flush()
        time.sleep(PAUSE)
    return 0


class _Printer:
    """Prints lines behind coloured names of one width."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._console = Console(highlight=False, soft_wrap=True)
        self._colours: dict[str, str] = {}

    def show(self, name: str, line: str) -> None:
        """Print one line."""
        colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
        if self._console.is_terminal:
            self._console.print(Text(f"{name:<{self._width}} | ", style=colour) + Text(line))
        else:
            print(f"{name:<{self._width}} | {line}")
