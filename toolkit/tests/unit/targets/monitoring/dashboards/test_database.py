"""The dashboard of PostgreSQL."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import database
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_is_seen_from_both_sides(reference: Platform, asked: Asked) -> None:
    """From its exporter, and from those who ask it."""
    made = database.board(reference)
    assert "database" == made.uid
    named = set().union(*asked(made).values())
    assert {"pg_up", "pg_stat_activity_count", "db_client_connection_count"} <= named
