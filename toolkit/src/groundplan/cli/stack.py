"""The stack that the commands about AWS work on: its words, its rendered files, its root.

Nothing is planned or applied from files that are not what the platform file says.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from groundplan import loader
from groundplan.cli import place, render
from groundplan.cloud import display, root, simulated, simulation, terraform
from groundplan.cloud.account import Clients, Ours
from groundplan.cloud.root import Root
from groundplan.cloud.terraform import Planned
from groundplan.errors import DriftError, UsageError
from groundplan.model.platform import Platform
from groundplan.targets.terraform.stack import Stack as Named
from groundplan.tools import aws
from groundplan.writer.diff import changes

WORD: Final = "terraform"
WIDE: Final = 160
"""Letters of a table's line where the output is no terminal."""
REPEATABLE: Final = "interrupted; what was done is in the state, and the command can be repeated"


@dataclass(frozen=True, slots=True)
class Stack:
    """One environment of a platform in an account."""

    platform: Platform
    environment: str
    rendered: Path
    """Holds the rendered .tf files."""
    data: Path
    """Holds our own data about it."""
    place: simulated.Place

    @property
    def ours(self) -> Ours:
        """How its things are told from others'."""
        name = Named(self.platform, self.environment).name
        return Ours(name, {"stack": name})


def add_arguments(parser: argparse.ArgumentParser, *, can_simulate: bool = True) -> None:
    """Describe the words that all of these commands have."""
    parser.add_argument("environment", metavar="ENV", help="dev, prod or one of your own")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.add_argument(
        "--out", type=Path, default=Path("generated"), help="where ./run render wrote"
    )
    parser.add_argument(
        "--data", type=Path, help=f"folder of all data (default: {place.FOLDER} by the file)"
    )
    if can_simulate:
        parser.add_argument(
            "--simulate", action="store_true", help="against simulated AWS, without an account"
        )


def find(arguments: argparse.Namespace) -> Stack:
    """Return the stack that the words name.

    Raises:
        PlatformFileError: the file has problems.
        UsageError: the environment has no Terraform.
        DriftError: the rendered files are stale.
    """
    environment = arguments.environment
    platform = loader.load(arguments.file, environment)
    folder = arguments.out / environment
    _refuse_stale(platform, environment, folder)
    data = arguments.data or Path(arguments.file).absolute().parent / place.FOLDER
    return Stack(
        platform=platform,
        environment=environment,
        rendered=(folder / WORD).absolute(),
        data=data.absolute() / environment / "cloud",
        place=simulated.Place(data.absolute() / "simulated" / environment, environment),
    )


def _refuse_stale(platform: Platform, environment: str, folder: Path) -> None:
    below = f"{WORD}/"
    files = render.render(platform, environment)
    if not any(file.path.startswith(below) for file in files):
        hint = "./run up runs it; ./run plan dev looks at one in the cloud"
        raise UsageError(f"{environment} runs on this machine and has no Terraform", hint=hint)
    stale = [each.path for each in changes(files, folder) if each.path.startswith(below)]
    if stale:
        named = ", ".join(stale[:3]) + (" and others" if len(stale) > 3 else "")
        raise DriftError(
            f"{folder / WORD} is not what the platform file says: {named}",
            hint=f"write it with ./run render {environment}, look at the difference, and repeat",
        )


@contextmanager
def real(stack: Stack) -> Iterator[Root]:
    """Yield the root of the real account, ready to plan."""
    found = root.real(stack.rendered, stack.data)
    with interruptible():
        _init(found)
        yield found


@contextmanager
def simulation_of(stack: Stack, *, keep: bool) -> Iterator[Root]:
    """Yield the root of simulated AWS, ready to plan; the simulator ends with the block or stays.

    Args:
        stack: what is simulated.
        keep: whether the simulator goes on.
    """
    with interruptible():
        found_one = simulation.find(stack.place) is not None
        say(f"{'joining' if found_one else 'starting'} the simulator")
        with simulation.running(stack.place, keep=keep) as simulator:
            region = stack.platform.region
            found = simulated.make(stack.rendered, stack.place, simulator.url, region)
            _init(found)
            yield found


@contextmanager
def planned(found: Root, environment: str, *options: str) -> Iterator[Planned]:
    """Yield a plan, its progress shown until it is made; its file goes with the block."""
    with ExitStack() as opened:
        with display.display("planning") as shown:
            made = terraform.plan(found, shown.show, environment, options)
            seen = opened.enter_context(made)
        for warning in seen.warnings:
            say(f"warning: {warning}")
        yield seen


def follow(found: Root, seen: Planned, environment: str, parallelism: int) -> None:
    """Apply a plan that was shown, with its progress."""
    with display.display("applying") as shown:
        terraform.apply(found, seen, shown.show, environment, parallelism)


def _init(found: Root) -> None:
    say(f"{found.program} in {found.folder}")
    terraform.init(found)


def clients(stack: Stack, found: Root, *, simulate: bool) -> Clients:
    """Return what reaches the account's APIs, or those of the simulator."""
    return aws.clients(stack.platform.region, found.environment if simulate else None)


@contextmanager
def interruptible() -> Iterator[None]:
    """Say that an interrupted command can be repeated, and go on with the interrupt."""
    try:
        yield
    except KeyboardInterrupt:
        say(REPEATABLE)
        raise


def say(text: str) -> None:
    """Print talk."""
    print(text, file=sys.stderr, flush=True)


def show(lines: Iterable[Text | Table]) -> None:
    """Print data; coloured on a terminal, and as wide as it is elsewhere."""
    width = None if sys.stdout.isatty() else WIDE
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True, width=width)
    for line in lines:
        console.print(line)


def text(lines: Iterable[Text | Table]) -> str:
    """Return data as it would be printed, without colours."""
    written = StringIO()
    console = Console(file=written, highlight=False, soft_wrap=True, width=WIDE)
    for line in lines:
        console.print(line)
    return written.getvalue()
