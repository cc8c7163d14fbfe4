"""`./run bench`: our stack and the peer, measured in turns; figures to stdout, talk to stderr.

`./run bench render` measures rendering beside Helm instead, `./run bench upload` files,
`./run bench fanout` events with many followers and `./run bench objectives` the promised rate.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench import machine, meter, ours, peer, report, results
from bench.fanout import run as fanout
from bench.objectives import run as objectives
from bench.process import free_port
from bench.render import run as render
from bench.rounds import Plan, Sample, measure
from bench.stack import BenchError
from bench.upload import run as upload

FULL: Final = Plan(rounds=5, seconds=8, warmup=8)
QUICK: Final = Plan(rounds=2, seconds=4, warmup=5)
NODE_HOME: Final = peer.ROOT / ".groundplan" / "bench" / "node"
_OTHERS: Final[Mapping[str, Callable[[Sequence[str]], int]]] = {
    "fanout": fanout.main,
    "objectives": objectives.main,
    "render": render.main,
    "upload": upload.main,
}


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made or is invalid."""
    if argv[:1] and argv[0] in _OTHERS:
        return _OTHERS[argv[0]](argv[1:])
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
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute of load, not five")
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    parser.add_argument("--port-base", type=int, help="first port of our stack")
    return parser


def _compare(plan: Plan, port_base: int, data: Path, dry: bool) -> int:
    say("preparing the peer")
    node = peer.install(NODE_HOME)
    facts = machine.facts(node)
    say("starting the platform")
    with ours.started(data / "ours", port_base) as (stack, ground):
        say("starting the peer")
        with peer.started(ground, data / "theirs", node) as other:
            stacks = (stack, other)
            samples = measure(stacks, ground, plan, say)
            memory = {one.name: meter.memory_mib({**one.tiers, **ground.shared}) for one in stacks}
    return _conclude(facts, plan, samples, memory, dry)


def _conclude(
    facts: dict[str, object],
    plan: Plan,
    samples: list[Sample],
    memory: report.Memory,
    dry: bool,
) -> int:
    if failed := report.failures(samples):
        say("\n".join(["bench: the run is INVALID, requests failed:", *failed]))
        return 3
    table = report.rows(samples)
    verdict = report.targets(table)
    tables = report.markdown(table, verdict, memory)
    print(tables)
    if not dry:
        source = results.keep(facts, plan, samples, table, verdict, memory)
        results.show(tables, facts, source)
        say(f"kept: {source.relative_to(peer.ROOT)}")
    return 0
