"""`./run bench fanout`: events with a thousand followers, beside the Express stack."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from bench import command, ours
from bench.fanout import report
from bench.fanout.measure import Plan, measure

FULL: Final = Plan(rounds=5, followers=1000, events=20, pause=0.1)
QUICK: Final = Plan(rounds=2, followers=1000, events=5, pause=0.1)
_SESSIONS: Final = 40


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when every follower got every event, else 3."""
    quick = "5 events twice, not 20 five times"
    words = command.parser("./run bench fanout", __doc__, quick)
    return command.compared(argv, words, _compare)


def _compare(words: argparse.Namespace) -> int:
    plan = QUICK if words.quick else FULL
    with command.both(words.port_base) as both:
        stack, ground = both.stack, both.ground
        tokens = [ours.sign_in(stack.url, ground.credentials) for _ in range(_SESSIONS)]
        samples = measure((stack, both.other), ground, tokens, plan, command.say)
    table = report.rows(samples)
    what = f"{plan.followers} followers, {plan.rounds} rounds of {plan.events} events.\n\n"
    tables = what + report.markdown(table)
    print(tables)
    if not words.dry:
        document = {
            **both.facts,
            "plan": asdict(plan),
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        command.keep(document, tables, "express-fanout", "fanout")
    return 0
