"""What a simulated apply proved: each resource type with its count, and what answered for it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rich.table import Table

from groundplan.cloud.simulator import extensions

MOTO: Final = "moto"
EXTENDED: Final = "moto and our extension"
SKIPPED: Final = "skipped"
AMAZON: Final = "aws_"
"""Begins every type that AWS answers for; what Terraform keeps for itself is not proved."""
LIMITS: Final = (
    "Simulation shows that the calls to AWS are complete, consistent and repeatable; it knows no"
    " permissions, quotas, waiting times or reachability."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One resource type."""

    type: str
    count: int
    by: str
    note: str = ""
    """What the extension adds, or why the type is skipped."""


def rows(resources: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield a row for each type of a state's resources, then those that are skipped."""
    reasons: dict[str, str] = {}
    for extension in extensions.EXTENSIONS:
        for kind in extension.resource_types:
            before = f"{reasons[kind]}; " if kind in reasons else "moto "
            reasons[kind] = before + extension.reason
    types = (str(each["type"]) for each in resources)
    counts = Counter(each for each in types if each.startswith(AMAZON))
    for kind, count in sorted(counts.items()):
        by = EXTENDED if kind in reasons else MOTO
        yield Row(kind, count, by, reasons.get(kind, ""))
    for kind, reason in sorted(extensions.SKIPPED.items()):
        yield Row(kind, 0, SKIPPED, reason)


def table(found: Iterable[Row]) -> Table:
    """Return the rows as a table."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    drawn.add_column("resource type", no_wrap=True)
    drawn.add_column("count", justify="right")
    drawn.add_column("answered by", no_wrap=True)
    drawn.add_column("why", overflow="fold")
    for row in found:
        drawn.add_row(row.type, str(row.count) if row.count else "", row.by, row.note)
    return drawn


def summary(found: Iterable[Row]) -> str:
    """Return the counts in a sentence."""
    seen = list(found)
    applied = [row for row in seen if row.by != SKIPPED]
    ours = sum(row.by == EXTENDED for row in applied)
    resources = sum(row.count for row in applied)
    skipped = len(seen) - len(applied)
    return (
        f"{resources} resources of {len(applied)} types applied, {ours} types by way of our"
        f" extensions, {skipped} skipped; the second plan is empty"
    )
