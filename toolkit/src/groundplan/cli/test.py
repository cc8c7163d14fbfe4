"""`./run test [pytest words]`: all tests, or those that the words choose.

Without words two workers share what may share a machine, and one runs the rest after it.

`./run test --screens [FOLDER]` takes a picture of every page of the console instead.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

from groundplan.cli.become import become
from groundplan.cli.place import ROOT

NO_OPTIONS = "\0"
"""A prefix that no word begins with: every word is pytest's, also those with dashes."""
SCREENS: Final = "--screens"
ALL: Final = ("-n", "2", "--no-loadscope-reorder", "--max-worker-restart", "0")
"""All tests: shared by two workers, in the order and with the quiet of `tests/quiet.py`."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "test",
        help="run the tests; words go to pytest; or take pictures with --screens",
        description=__doc__,
        prefix_chars=NO_OPTIONS,
        add_help=False,
    )
    parser.add_argument("words", nargs="*", help="for pytest, such as -k login or a folder")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run pytest, or the camera, in the repository, with the tools of our environment on PATH."""
    tools = os.path.dirname(sys.executable)
    settings = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    become(program(arguments.words), settings)


def program(words: Sequence[str]) -> list[str]:
    """Return what Python runs for the words: pytest, or the script that takes pictures."""
    if SCREENS not in words[:1]:
        return ["-m", "pytest", *(words or ALL)]
    return [str(ROOT / "tests" / "stack" / "screens.py"), *words[1:]]
