"""`./run bench tracing`: what traces cost a request that is not sampled; figures to stdout."""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bench import command, machine, ours
from bench.process import free_port
from bench.stack import Stack
from bench.tracing import report
from bench.tracing.measure import TRACED, Block, Plan, measure, order
from bench.tracing.side import Told, started

FULL: Final = Plan(runs=36, blocks=2, seconds=3, warmup=2)
QUICK: Final = Plan(runs=1, blocks=2, seconds=3, warmup=2)


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made or is invalid."""
    quick = "the sides are started once, not 36 times"
    words = command.parser("./run bench tracing", __doc__, quick)
    return command.compared(argv, words, _measured)


def _measured(words: argparse.Namespace) -> int:
    plan, facts = QUICK if words.quick else FULL, machine.origin()
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
        blocks = _blocks(plan, Path(data), words.port_base or free_port())
    table = report.costs(blocks)
    verdicts = report.verdicts(table)
    tables = report.markdown(table, verdicts)
    print(tables)
    if not words.dry:
        document = {
            **facts,
            "plan": asdict(plan),
            "targets": [asdict(each) for each in verdicts],
            "medians": [asdict(each) for each in table],
            "blocks": [asdict(each) for each in blocks],
        }
        command.keep(document, tables, "tracing", "tracing")
    return 0


def _blocks(plan: Plan, data: Path, port_base: int) -> list[Block]:
    command.say("starting the platform")
    found = []
    with ours.started(data / "ours", port_base) as (_, ground):
        status = ours.status(data / "ours")
        for run in range(1, plan.runs + 1):
            command.say(f"starting the sides, {run} of {plan.runs}")
            with _sides(status, data / f"run-{run}", order(run)) as stacks:
                found += measure(stacks, ground, plan, run, command.say)
    return found


@contextmanager
def _sides(
    status: Mapping[str, Any], folder: Path, names: Sequence[str]
) -> Iterator[dict[str, Stack]]:
    with ExitStack() as running:
        stacks = {}
        # Whoever is started first costs some percent more than the others, whatever it does.
        for number, name in enumerate(names):
            told = Told(traced=name == TRACED)
            side = running.enter_context(started(name, status, folder / str(number), told))
            stacks[name] = side.stack
        yield stacks
