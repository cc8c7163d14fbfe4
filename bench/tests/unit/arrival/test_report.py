"""Arrivals are held against the promise, and the promise can be broken."""

from bench.arrival import report
from bench.arrival.measure import LOADED, REST, Arrival

WELL = [Arrival(REST, 0.4), Arrival(REST, 0.8), Arrival(REST, 0.6), Arrival(LOADED, 2.0)]


def test_soon_enough_is_kept() -> None:
    """Two seconds are within two seconds."""
    assert [True, True] == [each.reached for each in report.targets(WELL)]


def test_one_late_trace_breaks_the_promise_of_its_state() -> None:
    """The slowest counts, not the middle."""
    found = report.targets([*WELL, Arrival(LOADED, 2.001)])
    assert [True, False] == [each.reached for each in found]


def test_the_table_shows_each_state() -> None:
    """A reader sees how many were followed, the middle and the slowest."""
    text = report.markdown(WELL)
    assert "| at rest | 3 | 0.60 | 0.80 |" in text
    assert f"| {LOADED} | 1 | 2.00 | 2.00 |" in text
    assert 2 == text.count("| yes |")


def test_what_is_lost_makes_a_run_invalid() -> None:
    """A trace that never was whole is told with what it lacked, an error of the load as it is."""
    lost = Arrival(REST, 15.02, ("authz", "redis"))
    assert [] == report.failures(WELL, [])
    assert [
        "at rest: no span of authz, redis within 15 s",
        "list: answered 503",
    ] == report.failures([*WELL, lost], ["list: answered 503"])
