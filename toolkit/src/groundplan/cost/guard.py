"""Security's part of the bill: keys, secrets, and what watches the account."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.amount import Range, exactly
from groundplan.cost.database import cores
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.cost.traffic import traffic
from groundplan.model.platform import DATABASE, Platform

KEYS: Final = ("cluster", "database", "storage", "logs", "backup", "secrets")
SECRETS: Final = 5
"""The database's administrator, two keys, the cache and the first person."""
EVENTS: Final = Range(0.2, 1.0, 5.0)
"""Millions of calls to AWS in a month, those of EKS and its controllers among them."""
AUDIT: Final = Range(1.0, 4.0, 20.0)
"""Millions of lines of the Kubernetes audit log in a month."""
ITEMS: Final = Range(300, 1500, 10000)
"""Changes of resources in a month; each node that comes and goes makes about ten."""
CHECKS: Final = Range(5e3, 15e3, 40e3)
"""Judgements in a month: a standard has about 200 rules, asked once a day and on changes."""


def lines(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines; guards that are switched off have none."""
    if platform.security.encryption.kms:
        what = f"one for each of {', '.join(KEYS)}"
        rate = sheet.rates[Rate.KEY]
        yield line(Component.SECURITY, "keys", what, exactly(len(KEYS)), rate)
    what = "the database's passwords, the cache's, the first person's and two keys"
    count = exactly(SECRETS + len(platform.callers_of(DATABASE)))
    yield line(Component.SECURITY, "secrets", what, count, sheet.rates[Rate.SECRET])
    if platform.security.guards.cloudtrail:
        yield line(
            Component.SECURITY,
            "CloudTrail",
            "the first trail of an account costs nothing",
            Range(0, 0, EVENTS.high),
            sheet.rates[Rate.TRAIL],
            assumption="at the most, the account has a trail already",
        )
    if platform.security.guards.guardduty:
        yield from _guardduty(platform, sheet)
    if platform.security.guards.config:
        yield line(
            Component.SECURITY,
            "Config",
            "changes of resources that are recorded",
            ITEMS,
            sheet.rates[Rate.CONFIG_ITEM],
            assumption=f"{ITEMS.low:g}, {ITEMS.expected:g} or {ITEMS.high:g} changes",
            tagged=False,
        )
    if platform.security.guards.security_hub:
        yield line(
            Component.SECURITY,
            "Security Hub",
            "findings judged by a standard",
            CHECKS,
            sheet.rates[Rate.HUB_CHECK],
            assumption=f"{CHECKS.low:g}, {CHECKS.expected:g} or {CHECKS.high:g} checks",
            tagged=False,
        )


def _guardduty(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    yield line(
        Component.SECURITY,
        "GuardDuty events",
        "calls to AWS that are judged",
        EVENTS,
        sheet.rates[Rate.DUTY_EVENT],
        assumption=f"{EVENTS.low:g}, {EVENTS.expected:g} or {EVENTS.high:g} million calls",
        tagged=False,
    )
    database = platform.database
    copies = 1 + database.multi_zone + database.read_replicas
    vcpu = cores(database.instance) * copies
    yield line(
        Component.SECURITY,
        "GuardDuty logins",
        f"logins at {vcpu} vCPU of the database",
        exactly(vcpu),
        sheet.rates[Rate.DUTY_LOGIN],
        tagged=False,
    )
    month = traffic(platform)
    yield line(
        Component.SECURITY,
        "GuardDuty flows",
        "connections and names that are judged",
        month.flows,
        sheet.rates[Rate.DUTY_LOG],
        assumption=f"{month.words}; 100, 250 or 600 bytes each",
        tagged=False,
    )
    yield line(
        Component.SECURITY,
        "GuardDuty audit",
        "lines of the Kubernetes audit log that are judged",
        AUDIT,
        sheet.rates[Rate.DUTY_AUDIT],
        assumption=f"{AUDIT.low:g}, {AUDIT.expected:g} or {AUDIT.high:g} million lines",
        tagged=False,
    )
