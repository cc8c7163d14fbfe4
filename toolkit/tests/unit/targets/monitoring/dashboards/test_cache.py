"""The dashboard of Redis."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import cache
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_is_seen_from_both_sides(reference: Platform, asked: Asked) -> None:
    """From its exporter, and what it saves the database."""
    made = cache.board(reference)
    assert "cache" == made.uid
    named = set().union(*asked(made).values())
    assert {"redis_up", "redis_memory_max_bytes", "cache_reads_total"} <= named
