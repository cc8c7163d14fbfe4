"""Asks before anything real is changed; data is asked for twice."""

import argparse
import sys
from typing import Final

from groundplan.cloud.changes import Plan
from groundplan.errors import UsageError

YES: Final = "yes"
NO_TERMINAL: Final = "asking needs a terminal; in CI add --yes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words that answer beforehand."""
    parser.add_argument("--yes", action="store_true", help="do not ask; for CI")
    parser.add_argument(
        "--with-data", action="store_true", help="allow that what holds data is lost"
    )


def given(plan: Plan, name: str, arguments: argparse.Namespace) -> bool:
    """Return whether the plan that was shown may be applied.

    Args:
        plan: what was shown.
        name: the platform's, which is to be typed where data is lost.
        arguments: the words of the command.

    Raises:
        UsageError: data would be lost and --with-data is not there, or nobody can be asked.
    """
    if plan.losses and not arguments.with_data:
        names = ", ".join(change.address for change in plan.losses)
        raise UsageError(
            f"data would be lost: {names}",
            hint="to lose it on purpose add --with-data; nothing was changed",
        )
    if arguments.yes:
        return True
    if plan.losses:
        return answer(f"this loses data; type the platform's name, {name}, to go on: ") == name
    return answer(f"type {YES} to go on: ") == YES


def answer(question: str) -> str:
    """Return what a person types.

    Raises:
        UsageError: nobody can be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError(NO_TERMINAL)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
