"""Who called whom is counted, in whatever order spans come."""

import sqlite3

import pytest

from groundplan_telemetry.records.span import Kind
from groundplan_telemetry.traces import edges
from groundplan_telemetry.traces.edges import Edges, gather
from groundplan_telemetry.traces.table import SpanTable


@pytest.fixture
def counted():
    """Return what says who called whom, of spans in batches."""

    def count(*batches):
        connection = sqlite3.connect(":memory:")
        connection.executescript(SpanTable.schema)
        counter = Edges({"postgresql": "database"})
        for batch in batches:
            counter.see(batch)
            counter.keep(connection)
        rows = connection.execute("SELECT caller, callee, calls, errors, buckets FROM edges")
        found = {(each.caller, each.callee): each for each in gather(rows)}
        connection.close()
        return found

    return count


def test_a_child_of_another_service_is_a_call(counted, span):
    """A call counts once, with the callee's result, whether parent or child comes first."""
    parent = span(1, service="gateway")
    child = span(2, parent=1, failed=True)
    for batches in ([[parent, child]], [[parent], [child]], [[child], [parent]]):
        found = counted(*batches)
        assert {("gateway", "backend")} == set(found)
        assert (1, 1) == (found["gateway", "backend"].calls, found["gateway", "backend"].errors)


def test_work_within_a_service_is_no_call(counted, span):
    """A span below another of its own service draws no arrow."""
    assert {} == counted([span(1), span(2, parent=1, kind=Kind.INTERNAL)])


def test_stores_write_no_spans_and_are_called_all_the_same(counted, span):
    """A client's span says which system it asked, and the component behind it is known."""
    asked = [
        span(number, kind=Kind.CLIENT, attributes={"db.system.name": system})
        for number, system in enumerate(("postgresql", "postgresql", "mongodb"), 1)
    ]
    found = counted(asked[:1], asked[1:])
    assert {("backend", "database"): 2, ("backend", "mongodb"): 1} == {
        key: edge.calls for key, edge in found.items()
    }


def test_what_waits_for_a_parent_is_bounded(counted, span, monkeypatch):
    """Parents that never come cost no memory for ever."""
    monkeypatch.setattr(edges, "MOST_ORPHANS", 2)
    orphans = [span(number + 10, parent=number) for number in (1, 2, 3)]
    found = counted(orphans, [span(1, service="a"), span(3, service="c")])
    assert {("c", "backend")} == set(found)


def test_children_of_one_missing_parent_are_bounded(counted, span, monkeypatch):
    """A parent that never comes costs no memory, however many name it."""
    monkeypatch.setattr(edges, "MOST_ORPHANS", 2)
    orphans = [span(number + 10, parent=1) for number in range(3)]
    assert {} == counted(orphans, [span(1, service="a")])
    assert {("a", "backend")} == set(counted(orphans[:2], [span(1, service="a")]))


def test_pairs_of_services_are_bounded(counted, span, monkeypatch):
    """Names that are made up cost no memory without end."""
    monkeypatch.setattr(edges, "MOST_OPEN", 2)
    parent = span(1, service="a")
    children = [span(number + 10, parent=1, service=f"s{number}") for number in range(5)]
    assert 2 == len(counted([parent, *children]))
