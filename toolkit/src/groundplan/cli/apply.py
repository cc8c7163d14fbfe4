"""`./run apply ENV`: make the account what the platform file says, after showing what changes.

With --simulate the same files are applied to simulated AWS, planned a second time, which must
change nothing, and what was proved is printed as a table.
"""

import argparse
from typing import Any, Final

from rich.text import Text

from groundplan.cli import bill, consent, stack
from groundplan.cli.stack import Stack
from groundplan.cloud import coverage, terraform, words
from groundplan.cloud.delivery import report
from groundplan.cloud.delivery.report import Subject
from groundplan.cloud.root import Root
from groundplan.errors import DriftError
from groundplan.loader import release as releases
from groundplan.writer import release as writer

PARALLELISM: Final = 10
SIMULATED: Final = 30
"""Steps at a time; the simulator asks nobody to slow down."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "apply", help="make the account what the file says", description=__doc__
    )
    stack.add_arguments(parser)
    consent.add_arguments(parser)
    parser.add_argument(
        "--keep", action="store_true", help="let the simulator go on for plan and destroy"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply."""
    found = stack.find(arguments)
    if arguments.simulate:
        with stack.simulation_of(found, keep=arguments.keep) as root:
            return _simulate(root, found)
    with stack.real(found) as root:
        return _apply(root, found, arguments)


def _apply(root: Root, found: Stack, arguments: argparse.Namespace) -> int:
    with stack.planned(root, found.environment) as seen:
        stack.show(words.describe(seen.plan))
        if seen.plan.is_empty:
            _record(root, found, arguments)
            return 0
        estimated = bill.estimate(found.platform, found.environment)
        stack.show(bill.describe(estimated, root.data))
        if not consent.given(seen.plan, found.platform.name, arguments):
            stack.say("nothing was changed")
            return 0
        subject = Subject(found.environment, {}, f"Apply {found.environment}")
        with report.reporting(subject, stack.say) as told:
            told.begin()
            told.attach("plan.txt", "plan", stack.text(words.describe(seen.plan)))
            told.attach("cost.txt", "cost", stack.text(bill.describe(estimated, root.data)))
            stack.follow(root, seen, found.environment, PARALLELISM)
        bill.keep(estimated, root.data)
    _record(root, found, arguments)
    stack.say(f"{found.environment} is what the platform file says")
    return 0


def _record(root: Root, found: Stack, arguments: argparse.Namespace) -> None:
    """Keep what Terraform says of the account where rendering reads it."""
    before = releases.load(arguments.file, found.environment, found.platform)
    after = before.with_outputs(terraform.outputs(terraform.show(root)))
    if after != before:
        path = writer.write(arguments.file, found.environment, after)
        stack.say(f"{path} holds what Terraform says; ./run render {found.environment} reads it")


def _simulate(root: Root, found: Stack) -> int:
    with stack.planned(root, found.environment) as seen:
        stack.show(words.describe(seen.plan))
        stack.follow(root, seen, found.environment, SIMULATED)
    bill.keep(bill.estimate(found.platform, found.environment), root.data)
    with stack.planned(root, found.environment) as again:
        if not again.plan.is_empty:
            stack.show(words.describe(again.plan))
            raise DriftError(
                f"the second plan of {found.environment} is not empty",
                hint="a module asks for what AWS answers differently; see the changes above",
            )
    proved = list(coverage.rows(terraform.resources(terraform.show(root))))
    summary, limits = Text(coverage.summary(proved), style="bold"), Text(coverage.LIMITS)
    stack.show([coverage.table(proved), summary, limits])
    return 0
