"""Recording rules: what an expression says becomes series of their own."""

from collections.abc import Mapping
from typing import Final

from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import STALE
from groundplan_telemetry.metrics.rules.load import Rule
from groundplan_telemetry.metrics.storage.store import Store

SAME: Final = "vector contains metrics with the same labelset after applying rule labels"


class Written:
    """Series that something writes again and again; those that it leaves out are ended."""

    def __init__(self) -> None:
        self._before: set[Labels] = set()

    def write(self, store: Store, now: int, found: Mapping[Labels, float]) -> None:
        """Put the values of one moment into the store."""
        for series, value in found.items():
            store.record(series, now, value)
        for gone in self._before - set(found):
            store.record(gone, now, STALE)
        self._before = set(found)


class Recording:
    """One recording rule."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._written = Written()

    def evaluate(self, store: Store, now: int) -> None:
        """Evaluate the expression and record what it says.

        Raises:
            QueryError: it cannot be evaluated, or says two things of one series.
        """
        found: dict[Labels, float] = {}
        for row in query.vector(store, self.rule.expr, now):
            value = row.values[0]
            assert value is not None
            series = self._series(row.labels)
            if series in found:
                raise QueryError(SAME)
            found[series] = value
        self._written.write(store, now, found)

    def _series(self, found: Labels) -> Labels:
        return labels.of({**dict(found), **self.rule.labels, labels.NAME: self.rule.record})
