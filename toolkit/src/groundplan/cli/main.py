"""Reads the words of a command line, runs the command and turns errors into exit codes."""

import argparse
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Final

from groundplan import __version__
from groundplan.errors import GroundplanError, MachineError

NAMES: Final = (
    "up",
    "status",
    "logs",
    "export",
    "restart",
    "release",
    "down",
    "check",
    "schema",
    "render",
    "reach",
    "cost",
    "plan",
    "apply",
    "destroy",
    "drift",
    "import",
    "deploy",
    "rollback",
    "promote",
    "test",
    "bench",
)
INTERRUPTED: Final = 130
REFUSALS: Final = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
)
"""No space, no right, no more open files: not bugs of ours."""
BUG: Final = 1


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if words is None else words
    arguments = make_parser(_named(words)).parse_args(words)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        return _after_closed_pipe()
    except GroundplanError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as bug:
        return _refused(bug) if _is_refusal(bug) else _report(bug)
    return code


def make_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of some commands."""
    parser = argparse.ArgumentParser(
        prog="./run", description="An architecture that you can run, ship and prove."
    )
    parser.add_argument("--version", action="version", version=f"groundplan {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in names:
        import_module(module(name)).add_parser(subparsers)
    return parser


def module(name: str) -> str:
    """Return the module of a command; Python keeps some words for itself."""
    return f"groundplan.cli.{name}_" if iskeyword(name) else f"groundplan.cli.{name}"


def _named(words: Sequence[str]) -> Sequence[str]:
    """Return the command that is asked for, so that only it is imported; else all."""
    if words and words[0] in NAMES:
        return words[:1]
    return NAMES


def _after_closed_pipe() -> int:
    """End quietly when the reader of our output has gone, as in `./run schema | head`."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - closed by the end of the process
    return 0


def _is_refusal(error: Exception) -> bool:
    """Say whether the machine refused something that no code can do without."""
    return isinstance(error, OSError) and error.errno in REFUSALS


def _refused(error: Exception) -> int:
    refusal = MachineError(
        f"the machine refused: {error}",
        hint="free some space, or ask whoever runs this machine for the right",
    )
    print(refusal, file=sys.stderr)
    return refusal.exit_code


def _report(bug: Exception) -> int:
    print(f"this is a bug of Groundplan: {type(bug).__name__}: {bug}", file=sys.stderr)
    try:
        print(f"  hint: please report it with {_kept(bug)}", file=sys.stderr)
    except OSError:
        traceback.print_exception(bug)
    return BUG


def _kept(bug: Exception) -> str:
    """Keep the traceback in a file, and return its name."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="groundplan-bug-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exception(bug, file=file)
    return file.name
