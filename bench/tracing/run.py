"""`./run bench tracing`: what traces cost a request that is not sampled; figures to stdout."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from bench import command, machine, ours
from bench import report as sides
from bench.process import free_port
from bench.rounds import Plan, Sample, measure
from bench.scenario import LIST, READ
from bench.stack import BenchError
from bench.tracing import report
from bench.tracing.side import started

FULL: Final = Plan(rounds=9, seconds=5, warmup=4)
QUICK: Final = Plan(rounds=3, seconds=3, warmup=2)
UNSAMPLED: Final = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
SCENARIOS: Final = tuple(replace(each, traceparent=UNSAMPLED) for each in (LIST, READ))


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made or is invalid."""
    quick = "a minute of load, not four"
    words = command.parser("./run bench tracing", __doc__, quick).parse_args(argv)
    return command.guarded(lambda: _measured(words))


def _measured(words: argparse.Namespace) -> int:
    plan = QUICK if words.quick else FULL
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
        return _compare(plan, words.port_base or free_port(), Path(data), words.dry)


def _compare(plan: Plan, port_base: int, data: Path, dry: bool) -> int:
    command.say("starting the platform")
    with ours.started(data / "ours", port_base) as (_, ground):
        status = ours.status(data / "ours")
        command.say("starting both sides")
        with (
            started(report.TRACED, status, data / "traced", traced=True) as traced,
            started(report.BARE, status, data / "bare", traced=False) as bare,
        ):
            samples = measure((traced, bare), ground, plan, command.say, SCENARIOS)
    return _conclude(plan, samples, dry)


def _conclude(plan: Plan, samples: list[Sample], dry: bool) -> int:
    if failed := sides.failures(samples):
        raise BenchError("\n".join(["the run is INVALID, requests failed:", *failed]))
    table = report.costs(samples)
    verdict = report.targets(table)
    tables = report.markdown(table, verdict)
    print(tables)
    if not dry:
        document = {
            **machine.origin(),
            "plan": asdict(plan),
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        command.keep(document, tables, "tracing", "tracing")
    return 0
