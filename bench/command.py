"""What every comparison with the Express stack shares: its words, both sides, and what is kept."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine, ours, peer, results
from bench.process import free_port
from bench.stack import BenchError, Ground, Stack

NODE_HOME: Final = peer.ROOT / ".groundplan" / "bench" / "node"


@dataclass(frozen=True, slots=True)
class Both:
    """Both sides while they run, on their common ground."""

    facts: Mapping[str, object]
    stack: Stack
    other: Stack
    ground: Ground


def parser(name: str, description: str | None, quick: str) -> argparse.ArgumentParser:
    """Return the words that all comparisons know; `quick` says what is less then."""
    found = argparse.ArgumentParser(prog=name, description=description)
    found.add_argument("--quick", action="store_true", help=quick)
    found.add_argument("--dry", action="store_true", help="print the figures, keep none")
    found.add_argument("--port-base", type=int, help="first port of our stack")
    return found


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


def compared(
    argv: Sequence[str],
    words: argparse.ArgumentParser,
    compare: Callable[[argparse.Namespace], int],
) -> int:
    """Read the words and compare; an invalid comparison exits with 3."""
    found = words.parse_args(argv)
    return guarded(lambda: compare(found))


def guarded(compare: Callable[[], int]) -> int:
    """Return what a comparison returns, or 3 where it could not be made or is not valid."""
    try:
        return compare()
    except BenchError as error:
        say(f"bench: {error}")
        return 3


@contextmanager
def both(port_base: int | None) -> Iterator[Both]:
    """Run both sides for as long as the block lasts."""
    say("preparing the peer")
    facts = machine.facts(node := peer.install(NODE_HOME))
    say("starting the platform and the peer")
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as folder:
        data = Path(folder)
        with (
            ours.started(data / "ours", port_base or free_port()) as (stack, ground),
            peer.started(ground, data / "theirs", node) as other,
        ):
            yield Both(facts, stack, other, ground)


def keep(document: Mapping[str, object], tables: str, against: str, mark: str) -> None:
    """Keep raw figures, and show their tables on the reference page."""
    source = results.write(document, against)
    results.show(tables, document, source, mark=mark)
    say(f"kept: {source.relative_to(peer.ROOT)}")
