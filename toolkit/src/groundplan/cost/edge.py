"""The edge's part of the bill: load balancer, web application firewall, names."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.amount import Range, exactly
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.cost.traffic import HOURS, SECONDS, Traffic, traffic
from groundplan.model.platform import Platform

RULES: Final = Range(3, 5, 8)
"""Rules and rule groups of the web ACL."""
NEW: Final = 0.2
"""New connections for each request; clients keep them open for some."""
CONNECTIONS: Final = 25.0
"""New connections a second of one capacity unit."""
SIGNING: Final = "us-east-1"
"""The only region whose keys may sign a zone; in others it is not signed."""
QUERIES: Final = 0.1
"""Queries of names for each request; addresses of load balancers are answered for nothing."""


def lines(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines."""
    month = traffic(platform)
    yield from _balancer(month, sheet)
    yield from _firewall(month, sheet)
    if platform.edge.create_zone:
        zone = sheet.rates[Rate.ZONE]
        yield line(Component.EDGE, "hosted zone", platform.domain, exactly(1), zone)
        if platform.region == SIGNING:
            key = sheet.rates[Rate.KEY]
            yield line(Component.EDGE, "signing key", "signs the zone", exactly(1), key)
    yield line(
        Component.EDGE,
        "name queries",
        "queries that are not for the load balancer's address",
        Range(0, 0.1, 1) * (month.millions.expected * QUERIES),
        sheet.rates[Rate.ZONE_QUERY],
        assumption="nearly all queries are for an alias, which costs nothing",
        tagged=False,
    )


def _balancer(month: Traffic, sheet: Sheet) -> Iterator[Line]:
    hours = exactly(HOURS)
    yield line(
        Component.EDGE,
        "load balancer",
        "one application load balancer",
        hours,
        sheet.rates[Rate.BALANCER_HOUR],
    )
    yield line(
        Component.EDGE,
        "load balancer units",
        "by new connections or by bytes, whichever is more",
        _units(month),
        sheet.rates[Rate.BALANCER_UNIT],
        assumption=f"{month.words}; one new connection for {1 / NEW:.0f} requests",
    )


def _units(month: Traffic) -> Range:
    """Return LCU-hours of a month: 1 GB, or 25 new connections a second for an hour."""
    by_bytes = month.answered
    by_connections = month.requests * (NEW / SECONDS / CONNECTIONS * HOURS)
    return Range(
        max(by_bytes.low, by_connections.low),
        max(by_bytes.expected, by_connections.expected),
        max(by_bytes.high, by_connections.high),
    )


def _firewall(month: Traffic, sheet: Sheet) -> Iterator[Line]:
    yield line(Component.EDGE, "web ACL", "one web ACL", exactly(1), sheet.rates[Rate.WEB_ACL])
    yield line(
        Component.EDGE,
        "web rules",
        "AWS's managed rule groups and a limit by address",
        RULES,
        sheet.rates[Rate.WEB_RULE],
        assumption=f"{RULES.low:g}, {RULES.expected:g} or {RULES.high:g} rules",
    )
    yield line(
        Component.EDGE,
        "web requests",
        "requests that the web ACL looks at",
        month.millions,
        sheet.rates[Rate.WEB_REQUEST],
        assumption=month.words,
    )
