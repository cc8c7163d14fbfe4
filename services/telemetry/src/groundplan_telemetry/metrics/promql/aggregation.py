"""Aggregations: many rows of a vector into one a group, or into the first few of each."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql import arithmetic
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Column, Row, Scalar, Vector

Key = Callable[[Labels], Labels]
Check = Callable[[], None]
"""Raises what ends a query that takes too long."""

FARTHEST: Final = 2.0**63
"""What a count of 64 bits does not reach."""

FOLDS: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "sum": arithmetic.total,
    "avg": arithmetic.mean,
    "min": arithmetic.least,
    "max": arithmetic.most,
    "count": lambda values: float(len(values)),
    "group": lambda _: 1.0,
    "stddev": arithmetic.deviation,
    "stdvar": arithmetic.variance,
}


def _never() -> None:
    """End nothing."""


def by(names: Sequence[str]) -> Key:
    """Return what groups by some labels and forgets all others."""
    kept = frozenset(names)
    return lambda found: labels.only(found, kept)


def without(names: Sequence[str]) -> Key:
    """Return what groups by all labels but some."""
    dropped = frozenset((*names, labels.NAME))
    return lambda found: labels.without(found, dropped)


def fold(operator: str, vector: Vector, key: Key, check: Check = _never) -> Vector:
    """Return one row a group: its sum, average and so on."""
    function = FOLDS[operator]
    return [Row(group, _folded(rows, function, check)) for group, rows in _groups(vector, key)]


def quantile(shares: Scalar, vector: Vector, key: Key, check: Check = _never) -> Vector:
    """Return a quantile of each group's values."""
    return [
        Row(
            group,
            [
                arithmetic.quantile(share, present) if present else None
                for share, present in zip(shares.values, _present(rows, check), strict=True)
            ],
        )
        for group, rows in _groups(vector, key)
    ]


def first(
    counts: Scalar, vector: Vector, key: Key, check: Check = _never, *, largest: bool
) -> Vector:
    """Return of each group the few rows that are the largest, or the smallest, at each moment.

    Raises:
        QueryError: how many is no whole number.
    """
    found: Vector = []
    for _, rows in _groups(vector, key):
        kept: list[Column] = [[None] * len(counts.values) for _ in rows]
        for moment, count in enumerate(counts.values):
            check()
            for at in _order(rows, moment, largest=largest)[: _whole(count)]:
                kept[at][moment] = rows[at].values[moment]
        chosen = [Row(row.labels, values) for row, values in zip(rows, kept, strict=True)]
        found += [chosen[at] for at in _order(chosen, 0, largest=largest, absent=True)]
    return found


def count_values(name: str, vector: Vector, key: Key, check: Check = _never) -> Vector:
    """Return how often each value occurs in each group, the value as a label."""
    found: dict[Labels, Column] = {}
    for group, rows in _groups(vector, key):
        for moment, present in enumerate(_present(rows, check)):
            for value, times in Counter(map(shown, present)).items():
                labelled = labels.of({**dict(group), name: value})
                column = found.setdefault(labelled, [None] * len(rows[0].values))
                column[moment] = float(times)
    return [Row(each, values) for each, values in found.items()]


def shown(value: float) -> str:
    """Return a number as it stands in a label."""
    if value != value:
        return "NaN"
    if value in (arithmetic.INF, -arithmetic.INF):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def _groups(vector: Vector, key: Key) -> Iterator[tuple[Labels, Vector]]:
    groups: dict[Labels, Vector] = {}
    for row in vector:
        groups.setdefault(key(row.labels), []).append(row)
    return iter(groups.items())


def _whole(count: float) -> int:
    if not -FARTHEST <= count < FARTHEST:
        raise QueryError(f"Scalar value {shown(count)} overflows int64")
    return max(0, int(count))


def _present(rows: Vector, check: Check) -> Iterator[list[float]]:
    for column in zip(*(row.values for row in rows), strict=True):
        check()
        yield [value for value in column if value is not None]


def _folded(rows: Vector, function: Callable[[Sequence[float]], float], check: Check) -> Column:
    return [function(present) if present else None for present in _present(rows, check)]


def _order(rows: Vector, moment: int, *, largest: bool, absent: bool = False) -> list[int]:
    here = [at for at, row in enumerate(rows) if row.values[moment] is not None]
    sign = -1.0 if largest else 1.0

    def place(at: int) -> tuple[bool, float]:
        value = rows[at].values[moment]
        is_number = value is not None and value == value
        return not is_number, sign * value if is_number and value is not None else 0.0

    here.sort(key=place)
    if not absent:
        return here
    gone = set(range(len(rows))) - set(here)
    return here + [at for at in sorted(gone) if any(v is not None for v in rows[at].values)]
