"""Selectors: which series a query wants, at which moments, and their values there."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from promql_parser import AtModifierType, MatchOp, VectorSelector

from groundplan_telemetry.metrics import labels, patterns
from groundplan_telemetry.metrics.labels import Labels, Matcher
from groundplan_telemetry.metrics.patterns import Costly
from groundplan_telemetry.metrics.promql.failure import QueryError, unsupported
from groundplan_telemetry.metrics.promql.values import Column, Grid, Row, Samples, is_stale

LOOKBACK: Final = 300_000
"""A series counts for so many milliseconds after its last sample, unless it was ended."""
SHOWN: Final = 200
"""Characters of a pattern that an error repeats."""

OPERATORS: Final = ((MatchOp.Equal, "="), (MatchOp.NotEqual, "!="), (MatchOp.Re, "=~"))


def matchers(selector: VectorSelector) -> list[Matcher]:
    """Return the conditions of a selector; its metric's name is one of them.

    Raises:
        QueryError: it has alternatives, or a pattern that cannot be read.
    """
    if selector.matchers.or_matchers:
        raise unsupported("`or` between matchers")
    found = [Matcher(labels.NAME, "=", selector.name)] if selector.name else []
    return found + [_matcher(each) for each in selector.matchers.matchers]


def _matcher(written: Any) -> Matcher:
    operator = next((text for op, text in OPERATORS if op == written.op), "!~")
    if "~" in operator:
        try:
            patterns.pattern(written.value)
        except Costly as error:
            raise QueryError(f"{written.value[:SHOWN]!r}: {error}") from None
        except re.error as error:
            message = f"{written.value[:SHOWN]!r} is no regular expression here: {error}"
            raise QueryError(message, "bad_data") from None
    return Matcher(written.name, operator, written.value)


def assumed(selector: VectorSelector) -> Labels:
    """Return the labels that a selector's series would have, where it says so plainly."""
    wanted = [each for each in matchers(selector) if each.name != labels.NAME]
    names = [each.name for each in wanted]
    return labels.of(
        {
            each.name: each.value
            for each in wanted
            if each.operator == "=" and names.count(each.name) == 1
        }
    )


def milliseconds(length: timedelta | None) -> int:
    """Return a length of time in milliseconds."""
    return round(length / timedelta(milliseconds=1)) if length else 0


def moments(
    at: Any, offset: timedelta | None, grid: Grid, bounds: tuple[int, int]
) -> Sequence[int]:
    """Return for each moment of a grid the one that `@` and `offset` make of it."""
    back = milliseconds(offset)
    if at is None:
        return [time - back for time in grid.times]
    if at.type == AtModifierType.At:
        fixed = round(at.at.timestamp() * 1000)
    else:
        fixed = bounds[0] if at.type == AtModifierType.Start else bounds[1]
    return [fixed - back] * grid.count


@dataclass(frozen=True, slots=True)
class Latest:
    """What a series says at some moments, and since when."""

    values: Column
    times: list[int | None]


def latest(samples: Samples, wanted: Sequence[int], lookback: int = LOOKBACK) -> Latest:
    """Return a series' last value before or at each moment; moments come in their order."""
    values: Column = []
    since: list[int | None] = []
    times, found, after = samples.times, samples.values, 0
    for moment in wanted:
        after = bisect_right(times, moment, after)
        at = after - 1
        is_there = at >= 0 and times[at] > moment - lookback and not is_stale(found[at])
        values.append(found[at] if is_there else None)
        since.append(times[at] if is_there else None)
    return Latest(values, since)


def as_samples(row: Row, times: Sequence[int]) -> Samples:
    """Return a row as the samples of a series: what a subquery's range is made of."""
    kept = [(at, value) for at, value in zip(times, row.values, strict=True) if value is not None]
    found = array("q", [at for at, _ in kept]), array("d", [value for _, value in kept])
    return Samples(row.labels, *found)
