"""`./run bench objectives`: the promised rate of mixed requests, beside the Express stack."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from bench import command, peer
from bench.objectives import report
from bench.objectives.measure import Plan, measure
from bench.stack import BenchError
from groundplan import loader
from groundplan.model.policy import Objectives

FULL: Final = (3, 60)
QUICK: Final = (2, 15)
ENVIRONMENT: Final = "local"


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when nothing failed, else 3."""
    quick = "15 s twice, not a minute three times"
    words = command.parser("./run bench objectives", __doc__, quick)
    return command.compared(argv, words, _compare)


def promised() -> Objectives:
    """Return the objectives of the platform file."""
    return loader.load(str(peer.ROOT / "platform.yaml"), ENVIRONMENT).objectives


def _compare(words: argparse.Namespace) -> int:
    objectives = promised()
    rounds, seconds = QUICK if words.quick else FULL
    plan = Plan(rounds, seconds, round(objectives.api.throughput * 60, 6))
    with command.both(words.port_base) as both:
        samples = measure((both.stack, both.other), both.ground, plan, command.say)
    if failed := report.failures(samples):
        raise BenchError("\n".join(["the run is INVALID, requests failed:", *failed]))
    table, verdict = report.rows(samples), report.targets(samples, objectives)
    what = f"{plan.per_minute:g} requests a minute, {plan.rounds} rounds of {plan.seconds} s.\n\n"
    tables = what + report.markdown(table, verdict)
    print(tables)
    if not words.dry:
        document = {
            **both.facts,
            "plan": asdict(plan),
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        command.keep(document, tables, "express-objectives", "objectives")
    return 0
