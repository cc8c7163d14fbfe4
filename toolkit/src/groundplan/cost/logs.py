"""Observability's part of the bill: what CloudWatch takes in and keeps, and its alarms."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.amount import Range
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.cost.traffic import COMPRESSED, traffic
from groundplan.model.platform import Platform

CONTROL_PLANE: Final = Range(2, 6, 25)
"""GB that EKS logs in a month, the audit log most of it."""
OTHERS: Final = Range(0.2, 1, 8)
"""GB a month: slow statements, machines of RDS, refused requests, queries of names."""
ALARMS: Final = Range(8, 14, 25)
DAY: Final = 86400
MONTH: Final = 30.0
"""Days."""
LONG: Final = 365
"""Days that logs of AWS itself are kept, as the modules keep them."""


def lines(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines."""
    month = traffic(platform)
    days = platform.observability.logs.retention / DAY
    spoken = f"{month.words}; 300, 600 or 1500 bytes each"
    yield from _group("services", month.logged, days, spoken, sheet)
    said = f"{CONTROL_PLANE.low:g}, {CONTROL_PLANE.expected:g} or {CONTROL_PLANE.high:g} GB"
    yield from _group("control plane", CONTROL_PLANE, LONG, said, sheet)
    said = f"{OTHERS.low:g}, {OTHERS.expected:g} or {OTHERS.high:g} GB"
    yield from _group("database and edge", OTHERS, LONG, said, sheet)
    if platform.network.flow_logs:
        spoken = f"{month.words}; 100, 250 or 600 bytes each"
        yield from _group("flows", month.flows, LONG, spoken, sheet)
    yield line(
        Component.OBSERVABILITY,
        "alarms",
        "of what Prometheus cannot see",
        ALARMS,
        sheet.rates[Rate.ALARM],
        assumption=f"{ALARMS.low:g}, {ALARMS.expected:g} or {ALARMS.high:g} alarms",
    )


def _group(
    name: str, written: Range, days: float, assumption: str, sheet: Sheet
) -> Iterator[Line]:
    yield line(
        Component.OBSERVABILITY,
        f"logs of {name}",
        "taken in",
        written,
        sheet.rates[Rate.LOG_INGESTION],
        assumption=assumption,
    )
    yield line(
        Component.OBSERVABILITY,
        f"logs of {name} kept",
        f"{days:g} days, compressed",
        written * (days / MONTH * COMPRESSED),
        sheet.rates[Rate.LOG_STORAGE],
        assumption=f"{assumption}; kept at {COMPRESSED:.0%} of their size",
    )
