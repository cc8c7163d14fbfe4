"""Rows about a store."""

from groundplan.targets.monitoring.dashboards import store


def test_a_store_is_seen_by_who_asks_it() -> None:
    """By one service or by all; the two systems are told apart."""
    row = store.asked("backend", "cache")
    assert "The cache, as backend see it" == row.title
    assert all('system="redis"' in asked for panel in row.panels for asked, _ in panel.asked)
    assert "as all see it" in store.asked(".+", "database").title


def test_the_pool_shows_who_waits() -> None:
    """In use, waiting, and in vain."""
    titles = [panel.title for panel in store.pool("backend").panels]
    assert ["In use and at hand", "Requests that wait for one", "Waited in vain"] == titles
