"""The dashboard of PostgreSQL: who is connected, what it works on, whether it fits in memory."""

from groundplan.model.platform import DATABASE, Platform
from groundplan.targets.monitoring.dashboards import ask, store
from groundplan.targets.monitoring.dashboards.board import RATE, Board, Row, number, series

OWN = 'datname!~"template.*|rdsadmin"'


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid=DATABASE,
        title=DATABASE,
        description=f"PostgreSQL of {platform.name}.",
        rows=(_now(), store.asked(".+", DATABASE), store.pool(".+"), _work(), _memory()),
    )


def _now() -> Row:
    full = "sum(pg_stat_activity_count) / max(pg_settings_max_connections)"
    return Row(
        "Now",
        (
            number("Answers", "min(pg_up)", "bool_yes_no"),
            number("Sessions", "sum(pg_stat_activity_count)"),
            number("Of those it can take", full, "percentunit"),
            number("Size", ask.total("pg_database_size_bytes", OWN), "bytes"),
            number("Deadlocks in an hour", "sum(increase(pg_stat_database_deadlocks[1h]))"),
        ),
    )


def _work() -> Row:
    commits = ask.rate("pg_stat_database_xact_commit", OWN, "datname")
    undone = ask.rate("pg_stat_database_xact_rollback", OWN, "datname")
    return Row(
        "Work",
        (
            series("Transactions", (commits, "{{datname}}"), unit="ops", least=0),
            series("Rolled back", (undone, "{{datname}}"), unit="ops", least=0),
            series("Sessions by state", (ask.total("pg_stat_activity_count", by="state"),
                                         "{{state}}"), least=0),
        ),
    )  # fmt: skip


def _memory() -> Row:
    found = ask.rate("pg_stat_database_blks_hit", OWN)
    read = ask.rate("pg_stat_database_blks_read", OWN)
    spilled = f"sum by (datname) (rate(pg_stat_database_temp_bytes{{{OWN}}}[{RATE}]))"
    return Row(
        "Memory and disk",
        (
            series("Blocks found in memory", (f"{found} / ({found} + {read})", "found"),
                   unit="percentunit", most=1),
            series("Sorted on disk for want of memory", (spilled, "{{datname}}"), unit="Bps",
                   least=0),
            series("Size", ("pg_database_size_bytes{" + OWN + "}", "{{datname}}"), unit="bytes",
                   least=0),
        ),
    )  # fmt: skip
