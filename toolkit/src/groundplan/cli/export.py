"""`./run export`: telemetry, settings and logs in one archive for a bug report, secrets out."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from groundplan.cli import place
from groundplan.errors import UsageError
from groundplan.model.quantity import Duration
from groundplan.runner.export import pack

SINCE: Final = "1h"
SHOWN: Final = 6
"""Kinds of what was taken out that are named."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("export", help="pack a bug report", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the archive (default: one named by the time)"
    )
    parser.add_argument(
        "--since", default=SINCE, metavar="TIME", help="how far telemetry goes back, such as 1h"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Pack and say what was taken out."""
    wanted = pack.Wanted(
        folders=place.find(arguments),
        file=Path(arguments.file).absolute(),
        environment=arguments.environment,
        since=_seconds(arguments.since),
    )
    out = arguments.out or Path(f"groundplan-export-{datetime.now(UTC):%Y%m%dT%H%M%S}.tar.gz")
    packed = pack.pack(wanted, pack.teller(_say))
    size = packed.bundle.write(out)
    _say(f"{_size(size)}, {len(packed.bundle.paths)} files; taken out: {_taken(packed.taken)}")
    for note in packed.bundle.notes:
        _say(f"missing or cut: {note}")
    _say("README.txt in it says what is there; look it over before you hand it on")
    print(out.absolute())
    return 0


def _seconds(written: str) -> float:
    try:
        return float(TypeAdapter(Duration).validate_python(written))
    except ValidationError:
        raise UsageError(f"--since must be a time such as 30m or 1h, is {written}") from None


def _taken(taken: dict[str, int]) -> str:
    """Return how many values of which kinds were replaced, the most frequent first."""
    secrets = sum(count for kind, count in taken.items() if kind.startswith("secret "))
    others = {kind: count for kind, count in taken.items() if not kind.startswith("secret ")}
    counted = {"known secret": secrets, **others}
    words = [f"{kind} ({count} times)" for kind, count in counted.items() if count]
    return ", ".join(words[:SHOWN]) or "nothing"


def _size(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{size / 1024:.0f} kB"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
