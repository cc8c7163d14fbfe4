"""Series that are recorded from others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.rules.load import Rule
from groundplan_telemetry.metrics.rules.recording import Recording
from groundplan_telemetry.metrics.storage.store import Store


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return a store with two series at one second."""
    made = Store(tmp_path / "m", 1e9, 1e9, books)
    for number in ("1", "2"):
        made.record(labels.of({"__name__": "up", "job": "a", "n": number}), 1000, float(number))
    yield made
    made.close()


def test_what_an_expression_says_is_recorded(store: Store) -> None:
    """A recorded series has the name and labels of the rule, and those of its rows."""
    rule = Recording(Rule(expr="sum by (job) (up)", record="job:up:sum", labels={"a": "b"}))
    rule.evaluate(store, 2000)
    (row,) = query.vector(store, "job:up:sum", 2000)
    assert {"__name__": "job:up:sum", "job": "a", "a": "b"} == dict(row.labels)
    assert [3.0] == row.values


def test_what_is_said_no_more_ends(store: Store) -> None:
    """A series that its expression leaves out has ended."""
    rule = Recording(Rule(expr="up > 1", record="r"))
    rule.evaluate(store, 2000)
    store.record(labels.of({"__name__": "up", "job": "a", "n": "2"}), 2500, 0.0)
    rule.evaluate(store, 3000)
    assert [] == query.vector(store, "r", 3000)


def test_two_values_of_one_series_are_refused(store: Store) -> None:
    """Labels of a rule that make rows the same are an error."""
    with pytest.raises(QueryError, match="same labelset after applying rule labels"):
        Recording(Rule(expr="up", record="r", labels={"n": "0"})).evaluate(store, 2000)
