"""`./run bench`: our stack and the peer, measured in turns; figures to stdout, talk to stderr.

`./run bench render` measures rendering beside Helm instead, `./run bench upload` files,
`./run bench fanout` events with many followers, `./run bench objectives` the promised rate,
`./run bench tracing` what traces cost, `./run bench outage` what it costs users that telemetry is
away, `./run bench arrival` how soon a trace is found, and `./run bench store` the telemetry store.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bench import command, meter, report, results
from bench.arrival import run as arrival
from bench.fanout import run as fanout
from bench.objectives import run as objectives
from bench.outage import run as outage
from bench.render import run as render
from bench.rounds import Plan, measure
from bench.stack import BenchError
from bench.store import run as store
from bench.tracing import run as tracing
from bench.upload import run as upload

FULL: Final = Plan(rounds=5, seconds=8, warmup=8)
QUICK: Final = Plan(rounds=2, seconds=4, warmup=5)
_OTHERS: Final[Mapping[str, Callable[[Sequence[str]], int]]] = {
    "arrival": arrival.main,
    "fanout": fanout.main,
    "objectives": objectives.main,
    "outage": outage.main,
    "render": render.main,
    "store": store.main,
    "tracing": tracing.main,
    "upload": upload.main,
}


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made or is invalid."""
    if argv[:1] and argv[0] in _OTHERS:
        return _OTHERS[argv[0]](argv[1:])
    quick = "about a minute of load, not five"
    words = command.parser("./run bench", __doc__, quick)
    return command.compared(argv, words, _compare)


def _compare(words: argparse.Namespace) -> int:
    plan = QUICK if words.quick else FULL
    with command.both(words.port_base) as both:
        stacks = (both.stack, both.other)
        samples = measure(stacks, both.ground, plan, command.say)
        shared = both.ground.shared
        memory = {one.name: meter.memory_mib({**one.tiers, **shared}) for one in stacks}
    if failed := report.failures(samples):
        raise BenchError("\n".join(["the run is INVALID, requests failed:", *failed]))
    table = report.rows(samples)
    verdict = report.targets(table)
    tables = report.markdown(table, verdict, memory)
    print(tables)
    if not words.dry:
        document = results.document(both.facts, plan, samples, table, verdict, memory)
        command.keep(document, tables, "express", "bench")
    return 0
