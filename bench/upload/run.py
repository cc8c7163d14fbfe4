"""`./run bench upload`: files beside the Express stack; figures to stdout, talk to stderr."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import machine, ours, peer, results
from bench.process import free_port
from bench.stack import BenchError
from bench.upload import report
from bench.upload.measure import measure

FULL: Final = (5, 1 << 30)
QUICK: Final = (2, 1 << 28)
NODE_HOME: Final = peer.ROOT / ".groundplan" / "bench" / "node"
IN_MEMORY: Final = Path("/dev/shm")


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when both sides gave back what they got, else 3."""
    words = _parser().parse_args(argv)
    rounds, size = QUICK if words.quick else FULL
    folder = IN_MEMORY if IN_MEMORY.is_dir() else None
    try:
        with (
            tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data,
            tempfile.TemporaryDirectory(prefix="groundplan-bench-", dir=folder) as memory,
        ):
            file = _file(Path(memory) / "release.bin", size)
            return _compare(rounds, file, words.port_base or free_port(), Path(data), words.dry)
    except BenchError as error:
        say(f"bench: {error}")
        return 3


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench upload", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="256 MiB twice, not 1 GiB five times")
    parser.add_argument("--dry", action="store_true", help="print the figures, keep none")
    parser.add_argument("--port-base", type=int, help="first port of our stack")
    return parser


def _file(path: Path, size: int) -> Path:
    """Write bytes that cannot be compressed."""
    with path.open("wb") as file:
        for _ in range(size >> 20):
            file.write(os.urandom(1 << 20))
    return path


def _compare(rounds: int, file: Path, port_base: int, data: Path, dry: bool) -> int:
    say("preparing the peer")
    node = peer.install(NODE_HOME)
    facts = machine.facts(node)
    say("starting the platform and the peer")
    with (
        ours.started(data / "ours", port_base) as (stack, ground),
        peer.started(ground, data / "theirs", node) as other,
    ):
        samples = measure((stack, other), ground, file, rounds, say)
    table = report.rows(samples)
    verdict = report.targets(table, samples)
    what = f"{file.stat().st_size >> 20} MiB, {rounds} rounds.\n\n"
    tables = what + report.markdown(table, verdict)
    print(tables)
    if not dry:
        document = {
            **facts,
            "rounds": rounds,
            "bytes": file.stat().st_size,
            "targets": [asdict(each) for each in verdict],
            "medians": [asdict(each) for each in table],
            "samples": [asdict(each) for each in samples],
        }
        source = results.write(document, "express-upload")
        results.show(tables, facts, source, mark="upload")
        say(f"kept: {source.relative_to(peer.ROOT)}")
    return 0
