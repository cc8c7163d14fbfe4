"""`./run bench upload`: files beside the Express stack; figures to stdout, talk to stderr."""

import argparse
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import command
from bench.upload import report
from bench.upload.measure import measure

FULL: Final = (5, 1 << 30)
QUICK: Final = (2, 1 << 28)
IN_MEMORY: Final = Path("/dev/shm")


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when both sides gave back what they got, else 3."""
    quick = "256 MiB twice, not 1 GiB five times"
    words = command.parser("./run bench upload", __doc__, quick)
    return command.compared(argv, words, _compare)


def _file(path: Path, size: int) -> Path:
    """Write bytes that cannot be compressed."""
    with path.open("wb") as file:
        for _ in range(size >> 20):
            file.write(os.urandom(1 << 20))
    return path


def _compare(words: argparse.Namespace) -> int:
    rounds, size = QUICK if words.quick else FULL
    folder = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-", dir=folder) as memory:
        file = _file(Path(memory) / "release.bin", size)
        with command.both(words.port_base) as both:
            samples = measure((both.stack, both.other), both.ground, file, rounds, command.say)
    table = report.rows(samples)
    verdict = report.targets(table, samples)
    tables = f"{size >> 20} MiB, {rounds} rounds.\n\n" + report.markdown(table, verdict)
    print(tables)
    if not words.dry:
        document = {
            **both.facts,
            "rounds": rounds,
            "bytes": size,
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        command.keep(document, tables, "express-upload", "upload")
    return 0
