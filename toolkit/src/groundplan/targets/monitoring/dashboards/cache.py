"""The dashboard of Redis: whether it answers, whether it fits, and what it saves the database."""

from groundplan.model.platform import CACHE, Platform
from groundplan.targets.monitoring.dashboards import ask, store
from groundplan.targets.monitoring.dashboards.board import Board, Row, number, series


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid=CACHE,
        title=CACHE,
        description=f"Redis of {platform.name}: sessions, limits and cached answers.",
        rows=(_now(), store.asked(".+", CACHE), _memory(), _answers()),
    )


def _now() -> Row:
    full = "sum(redis_memory_used_bytes) / sum(redis_memory_max_bytes)"
    return Row(
        "Now",
        (
            number("Answers", "min(redis_up)", "bool_yes_no"),
            number("Up for", "min(redis_uptime_in_seconds)", "s"),
            number("Memory in use", full, "percentunit"),
            number("Connections", "sum(redis_connected_clients)"),
            number("Refused connections", "sum(increase(redis_rejected_connections_total[1h]))"),
        ),
    )


def _memory() -> Row:
    used = ("sum(redis_memory_used_bytes)", "in use")
    most = ("sum(redis_memory_max_bytes)", "at the most")
    gone = (
        (ask.rate("redis_evicted_keys_total"), "thrown out for want of memory"),
        (ask.rate("redis_expired_keys_total"), "ended"),
    )
    return Row(
        "Memory",
        (
            series("Memory", used, most, unit="bytes", least=0),
            series("Keys that went", *gone, unit="ops", least=0),
            series("Commands", (ask.rate("redis_commands_processed_total"), "commands"),
                   unit="ops", least=0),
        ),
    )  # fmt: skip


def _answers() -> Row:
    hits, misses = ask.rate("redis_keyspace_hits_total"), ask.rate("redis_keyspace_misses_total")
    return Row(
        "What it saves",
        (
            series("Cached reads", (ask.rate("cache_reads_total", by="outcome"), "{{outcome}}"),
                   unit="ops", width=12, least=0),
            series("Keys that were found", (f"{hits} / ({hits} + {misses})", "found"),
                   unit="percentunit", width=12, least=0, most=1),
        ),
    )  # fmt: skip
