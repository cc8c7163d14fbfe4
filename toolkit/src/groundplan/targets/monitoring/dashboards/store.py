"""Rows about a store, as those see it who ask it."""

from typing import Final

from groundplan.model.platform import CACHE, DATABASE
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import Row, series

TIME: Final = "db_client_operation_duration_seconds"
_SYSTEMS: Final = {DATABASE: "postgresql", CACHE: "redis"}


def asked(job: str, store: str) -> Row:
    """Return how fast a store answers one service, or all with `.+`."""
    of = f'job=~"{job}",system="{_SYSTEMS[store]}"'
    failed = ask.share(f"{TIME}_count", 'error_type!=""', of)
    p95 = ask.quantile(0.95, TIME, of, "operation")
    return Row(
        f"The {store}, as {'all' if job == '.+' else job} see it",
        (
            series("Operations", (ask.rate(f"{TIME}_count", of, "operation"), "{{operation}}"),
                   unit="ops"),
            series("95 of 100 within", (p95, "{{operation}}"), unit="s", least=0),
            series("Failed", (failed, "failed"), unit="percentunit", least=0),
        ),
    )  # fmt: skip


def pool(job: str) -> Row:
    """Return how full the connections to the database are that a service keeps."""
    of = f'job=~"{job}"'
    return Row(
        "Connections to the database",
        (
            series(
                "In use and at hand",
                (ask.total("db_client_connection_count", of, "state"), "{{state}}"),
                (ask.total("db_client_connection_max", of), "at the most"),
                least=0,
            ),
            series(
                "Requests that wait for one",
                (ask.total("db_client_connection_pending_requests", of), "waiting"),
                least=0,
            ),
            series(
                "Waited in vain",
                (ask.rate("db_client_connection_timeouts_total", of), "gave up"),
                unit="ops",
                least=0,
            ),
        ),
    )
