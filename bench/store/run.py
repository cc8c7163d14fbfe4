"""`./run bench store`: the telemetry store under load; figures to stdout, talk to stderr."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import command, machine
from bench.store import measure, report
from bench.store.subject import started


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when the run is valid, 3 when it could not be made."""
    words = _parser().parse_args(argv)
    seconds, spans = (10, 100_000) if words.quick else (60, 1_000_000)
    return command.guarded(lambda: _measured(seconds, spans, words.dry))


def _measured(seconds: int, spans: int, dry: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
        return _measure(Path(data), seconds, spans, dry)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench store", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10 s and 100,000 spans")
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    return parser


def _measure(data: Path, seconds: int, spans: int, dry: bool) -> int:
    facts = machine.origin()
    with started(data) as subject:
        load = measure.steady(subject, seconds, command.say)
        kept = measure.fill(subject, spans, command.say)
        found = list(measure.searches(subject))
    verdict = report.targets(load, kept, found)
    tables = report.markdown(load, kept, found, verdict)
    print(tables)
    if not dry:
        document = {
            **facts,
            "steady": asdict(load),
            "spans": kept,
            "searches": [asdict(each) for each in found],
            "targets": [asdict(each) for each in verdict],
        }
        command.keep(document, tables, "store", "store")
    return 0
