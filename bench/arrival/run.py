"""`./run bench arrival`: from a request until the console shows its trace, from end to end."""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import command, machine, ours
from bench.arrival import report
from bench.arrival.measure import Outcome, Place, Plan, measure
from bench.objectives.run import promised
from bench.process import free_port
from bench.stack import BenchError

FULL: Final = 60
QUICK: Final = 10
EVERY: Final = "100%"
"""Of requests are traced, which is the default on one machine."""


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when every trace was found whole, else 3."""
    words = command.parser("./run bench arrival", __doc__, "10 requests a state, not 60")
    return command.compared(argv, words, _measured)


def _measured(words: argparse.Namespace) -> int:
    per_minute = round(promised().api.throughput * 60, 6)
    plan = Plan(QUICK if words.quick else FULL, per_minute)
    facts = machine.origin()
    command.say("starting the platform")
    with (
        tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data,
        ours.started(Path(data), words.port_base or free_port(), EVERY) as (stack, ground),
    ):
        followed = ours.sign_in(stack.url, ground.credentials)
        found = measure(Place(stack.url, followed, ground.token), plan, command.say)
    return _conclude(facts, plan, found, words.dry)


def _conclude(facts: Mapping[str, object], plan: Plan, found: Outcome, dry: bool) -> int:
    if failed := report.failures(found.arrivals, found.errors):
        raise BenchError("\n".join(["the run is INVALID:", *failed]))
    tables = report.markdown(found.arrivals)
    print(tables)
    if not dry:
        document = {
            **facts,
            "plan": asdict(plan),
            "targets": [asdict(each) for each in report.targets(found.arrivals)],
            "arrivals": [asdict(each) for each in found.arrivals],
        }
        command.keep(document, tables, "arrival", "arrival")
    return 0
