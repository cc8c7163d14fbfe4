"""Promises are held against figures, and a promise can be broken."""

from collections.abc import Sequence
from dataclasses import replace

from bench.store import report
from bench.store.measure import Found, Steady

WELL = Steady(seconds=10, cpu=0.1, memory=80.0, sent=30_000, stored=30_000, dropped=0)
FOUND = [Found("the newest", 5.0), Found("failed", 9.0)]


def reached(load: Steady = WELL, found: Sequence[Found] = FOUND) -> list[bool]:
    return [each.reached for each in report.targets(load, 1_000_000, found)]


def test_good_figures_reach_all() -> None:
    """Each promise is kept."""
    assert [True] * 4 == reached()


def test_each_promise_can_be_broken() -> None:
    """Too much work, too much memory, a lost record, or one slow search is seen."""
    assert [False, True, True, True] == reached(replace(WELL, cpu=0.4))
    assert [True, False, True, True] == reached(replace(WELL, memory=300.0))
    assert [True, True, False, True] == reached(replace(WELL, stored=29_999))
    assert [True, True, False, True] == reached(replace(WELL, dropped=1))
    assert [True, True, True, False] == reached(found=[*FOUND, Found("slow", 1000.0)])


def test_the_tables_show_what_was_measured() -> None:
    """A reader sees the load, each search and each promise."""
    text = report.markdown(WELL, 1_000_000, FOUND, report.targets(WELL, 1_000_000, FOUND))
    assert "3,000 records a second for 10 s: 10.0% of a core, 80 MiB" in text
    assert "| failed | 9 |" in text
    assert 4 == text.count("| yes |")
