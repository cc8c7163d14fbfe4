"""`./run bench objectives`: the promised rate of mixed requests, beside the Express stack."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import yaml

from bench import machine, ours, peer, results
from bench.objectives import report
from bench.objectives.measure import Plan, measure
from bench.process import free_port
from bench.stack import BenchError

FULL: Final = (3, 60)
QUICK: Final = (2, 15)
NODE_HOME: Final = peer.ROOT / ".groundplan" / "bench" / "node"


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when nothing failed, else 3."""
    words = _parser().parse_args(argv)
    rounds, seconds = QUICK if words.quick else FULL
    promised = objectives((peer.ROOT / "platform.yaml").read_text())
    plan = Plan(rounds, seconds, per_minute(promised["api"]["throughput"]))
    try:
        with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
            return _compare(plan, promised, words.port_base or free_port(), Path(data), words.dry)
    except BenchError as error:
        say(f"bench: {error}")
        return 3


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


def objectives(text: str) -> dict[str, Any]:
    """Return the objectives of a platform file, as they are written."""
    found: dict[str, Any] = yaml.safe_load(text)["objectives"]
    return found


def per_minute(written: str) -> float:
    """Return the requests a minute of a rate as the file writes it: `10000/min`, `200/s`."""
    amount, _, unit = written.partition("/")
    return float(amount) * (60 if unit == "s" else 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench objectives", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="15 s twice, not a minute three times"
    )
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    parser.add_argument("--port-base", type=int, help="first port of our stack")
    return parser


def _compare(plan: Plan, promised: dict[str, Any], port_base: int, data: Path, dry: bool) -> int:
    say("preparing the peer")
    facts = machine.facts(node := peer.install(NODE_HOME))
    say("starting the platform and the peer")
    with (
        ours.started(data / "ours", port_base) as (stack, ground),
        peer.started(ground, data / "theirs", node) as other,
    ):
        samples = measure((stack, other), ground, plan, say)
    if failed := report.failures(samples):
        say("\n".join(["bench: the run is INVALID, requests failed:", *failed]))
        return 3
    table, verdict = report.rows(samples), report.targets(samples, promised)
    what = f"{plan.per_minute:g} requests a minute, {plan.rounds} rounds of {plan.seconds} s.\n\n"
    tables = what + report.markdown(table, verdict)
    print(tables)
    if not dry:
        document = {
            **facts,
            "plan": asdict(plan),
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        source = results.write(document, "express-objectives")
        results.show(tables, facts, source, mark="objectives")
        say(f"kept: {source.relative_to(peer.ROOT)}")
    return 0
