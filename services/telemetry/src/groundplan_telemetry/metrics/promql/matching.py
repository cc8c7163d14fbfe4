"""Vector matching: which rows of two vectors belong together, and what each pair makes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Column, Row, Vector, merged

Pair = Callable[[float, float], float | None]
"""What left and right make; None where a comparison leaves the pair out."""

UNIQUE: Final = "many-to-many matching not allowed: matching labels must be unique on one side"
GROUPING: Final = (
    "multiple matches for labels: grouping labels must ensure unique matches",
    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
)


@dataclass(frozen=True, slots=True)
class Matching:
    """How rows are matched: on some labels, or on all but some.

    `many` is the side that may have several rows a match: `left`, `right`, or none; `carried`
    are the labels that it takes over from the other side.
    """

    names: tuple[str, ...] = ()
    on: bool = False
    many: str = ""
    carried: tuple[str, ...] = ()

    def signature(self, found: Labels) -> Labels:
        """Return the part of a label set by which rows are matched."""
        if self.on:
            return labels.only(found, self.names)
        return labels.without(found, (*self.names, labels.NAME))


def intersection(left: Vector, right: Vector, matching: Matching) -> Vector:
    """Return what is on the left while something matches it on the right."""
    present = _presence(right, matching)
    return [
        Row(row.labels, [v if there else None for v, there in zip(row.values, seen, strict=True)])
        for row in left
        if (seen := present.get(matching.signature(row.labels))) is not None
    ]


def exclusion(left: Vector, right: Vector, matching: Matching) -> Vector:
    """Return what is on the left while nothing matches it on the right."""
    present = _presence(right, matching)
    found: Vector = []
    for row in left:
        seen = present.get(matching.signature(row.labels))
        kept = _unless(row.values, seen) if seen else row.values
        found.append(Row(row.labels, kept))
    return found


def union(left: Vector, right: Vector, matching: Matching) -> Vector:
    """Return what is on the left, and from the right what nothing on the left matches."""
    return merged([*left, *exclusion(right, left, matching)], "the sides have equal series")


def _presence(vector: Vector, matching: Matching) -> dict[Labels, list[bool]]:
    found: dict[Labels, list[bool]] = {}
    for row in vector:
        key, here = matching.signature(row.labels), [value is not None for value in row.values]
        known = found.get(key)
        found[key] = [a or b for a, b in zip(known, here, strict=True)] if known else here
    return found


def _unless(values: Column, seen: list[bool]) -> Column:
    return [None if there else value for value, there in zip(values, seen, strict=True)]


def combine(left: Vector, right: Vector, matching: Matching, pair: Pair, drops: bool) -> Vector:
    """Return what matching rows make; `drops` says whether the metric's name is lost.

    Raises:
        QueryError: a match is not unique.
    """
    if not left or not right:
        return []
    many, one = (right, left) if matching.many == "right" else (left, right)
    singles = _unique(one, matching, "left" if matching.many == "right" else "right")
    turned = (lambda a, b: pair(b, a)) if matching.many == "right" else pair
    made = [
        Row(_result(row.labels, each.labels, matching, drops), _paired(row, each, turned))
        for row in many
        for each in singles.get(matching.signature(row.labels), ())
    ]
    made = _present(made)
    try:
        if not matching.many:
            merged([Row(labels.unnamed(row.labels), row.values) for row in made], GROUPING[1])
        return merged(made, GROUPING[0])
    except ValueError as error:
        raise QueryError(str(error)) from None


def _present(rows: Vector) -> Vector:
    return [row for row in rows if any(value is not None for value in row.values)]


def _unique(vector: Vector, matching: Matching, side: str) -> dict[Labels, Vector]:
    groups: dict[Labels, Vector] = {}
    for row in vector:
        groups.setdefault(matching.signature(row.labels), []).append(row)
    for key, rows in groups.items():
        for column in zip(*(row.values for row in rows), strict=True) if len(rows) > 1 else ():
            if sum(value is not None for value in column) > 1:
                raise QueryError(_duplicates(key, rows, side))
    return groups


def _duplicates(key: Labels, rows: Vector, side: str) -> str:
    shown = ", ".join(labels.text(row.labels) for row in rows[:2])
    return (
        f"found duplicate series for the match group {labels.text(key)} on the {side} "
        f"hand-side of the operation: [{shown}];{UNIQUE}"
    )


def _paired(many: Row, one: Row, pair: Pair) -> Column:
    return [
        None if a is None or b is None else pair(a, b)
        for a, b in zip(many.values, one.values, strict=True)
    ]


def _result(many: Labels, one: Labels, matching: Matching, drops: bool) -> Labels:
    found = labels.unnamed(many) if drops else many
    if not matching.many:
        on = labels.only(found, matching.names)
        return on if matching.on else labels.without(found, matching.names)
    if not matching.carried:
        return found
    taken = labels.only(one, matching.carried)
    return tuple(sorted((*labels.without(found, matching.carried), *taken)))
