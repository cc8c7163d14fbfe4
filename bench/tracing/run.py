"""`./run bench tracing`: what traces cost a request that is not sampled; figures to stdout."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from bench import command, machine, ours
from bench.process import free_port
from bench.stack import Stack
from bench.tracing import report
from bench.tracing.measure import BARE, CONTROL, TRACED, Block, Plan, measure
from bench.tracing.side import Side, Told, started

FULL: Final = Plan(runs=6, blocks=18, seconds=1, warmup=1)
QUICK: Final = Plan(runs=1, blocks=6, seconds=1, warmup=1)
_UNTRACED: Final = (BARE, CONTROL)


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made or is invalid."""
    quick = "the gateway is started once, not six times"
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
            command.say(f"starting the gateway, {run} of {plan.runs}")
            told = Told(untraced=len(_UNTRACED))
            # What a caller shows lasts a quarter of an hour; all runs together may last longer.
            caller = replace(ground, token=ours.sign_in(status["url"], ground.credentials))
            with started("gateway", status, data / f"run-{run}", told) as running:
                found += measure(_doors(running), caller, plan, run, command.say)
    return found


def _doors(running: Side) -> dict[str, Stack]:
    bare = zip(_UNTRACED, running.untraced, strict=True)
    doors = ((TRACED, running.stack.url), *bare)
    return {name: Stack(name, url, running.stack.tiers) for name, url in doors}
