"""`./run bench fanout`: events with a thousand followers, beside the Express stack."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import machine, ours, peer, results
from bench.fanout import report
from bench.fanout.measure import Plan, measure
from bench.process import free_port
from bench.stack import BenchError

FULL: Final = Plan(rounds=5, followers=1000, events=20, pause=0.1)
QUICK: Final = Plan(rounds=2, followers=1000, events=5, pause=0.1)
_SESSIONS: Final = 40
NODE_HOME: Final = peer.ROOT / ".groundplan" / "bench" / "node"


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when every follower got every event, else 3."""
    words = _parser().parse_args(argv)
    plan = QUICK if words.quick else FULL
    try:
        with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
            return _compare(plan, words.port_base or free_port(), Path(data), words.dry)
    except BenchError as error:
        say(f"bench: {error}")
        return 3


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench fanout", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5 events twice, not 20 five times")
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    parser.add_argument("--port-base", type=int, help="first port of our stack")
    return parser


def _compare(plan: Plan, port_base: int, data: Path, dry: bool) -> int:
    say("preparing the peer")
    facts = machine.facts(node := peer.install(NODE_HOME))
    say("starting the platform and the peer")
    with (
        ours.started(data / "ours", port_base) as (stack, ground),
        peer.started(ground, data / "theirs", node) as other,
    ):
        tokens = [ours.sign_in(stack.url, ground.credentials) for _ in range(_SESSIONS)]
        samples = measure((stack, other), ground, tokens, plan, say)
    table = report.rows(samples)
    what = f"{plan.followers} followers, {plan.rounds} rounds of {plan.events} events.\n\n"
    tables = what + report.markdown(table)
    print(tables)
    if not dry:
        document = {
            **facts,
            "plan": asdict(plan),
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        source = results.write(document, "express-fanout")
        results.show(tables, facts, source, mark="fanout")
        say(f"kept: {source.relative_to(peer.ROOT)}")
    return 0
