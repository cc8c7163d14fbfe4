"""`./run bench render`: rendering beside Helm; figures to stdout, talk to stderr."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import command, machine
from bench.render import helm, report
from bench.render.measure import SIZES, Sample, measure, prepare

FULL: Final = 7
QUICK: Final = 2


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the sides did equal work, 3 when they could not or did not."""
    words = _parser().parse_args(argv)
    return command.guarded(lambda: _measured(QUICK if words.quick else FULL, words.dry))


def _measured(rounds: int, dry: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
        return _compare(rounds, Path(data), dry)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench render", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds, not seven")
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    return parser


def _compare(rounds: int, data: Path, dry: bool) -> int:
    command.say("preparing Helm")
    program = helm.install()
    facts = {**machine.origin(), "versions": {"helm": helm.version(program)}}
    samples: list[Sample] = []
    alike = {}
    for size in SIZES:
        command.say(f"{size} services: comparing what both make")
        work = prepare(size, program, data / str(size))
        alike[size] = work.equal
        samples += measure(work, rounds, command.say)
    table = report.rows(samples)
    verdict = report.targets(table)
    tables = report.markdown(table, verdict, alike)
    print(tables)
    if not dry:
        document = {
            **facts,
            "rounds": rounds,
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "equal_objects": alike,
            "samples": [asdict(each) for each in samples],
        }
        command.keep(document, tables, "helm", "render")
    return 0
