"""Alerts by name: what each one says and how urgent it is; its runbook has the same name.

Targets make the expressions, the file's faults name the alerts that must be raised.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal, get_args

INCIDENTS: Final = "/api/v1/incidents/alertmanager"
"""Where the console takes alerts."""

AlertName = Literal[
    "AvailabilityBudgetBurn",
    "LatencyBudgetBurn",
    "ServiceDown",
    "DatabaseDown",
    "CacheDown",
    "DiskAlmostFull",
    "ReplicaDown",
    "ReplicaFlapping",
    "BreakerOpen",
    "RequestsLimited",
    "SignInsRefused",
    "DatabaseSlow",
    "DatabaseConnectionsHigh",
    "CacheSlow",
    "CacheMemoryHigh",
    "CpuHigh",
    "MemoryHigh",
    "CertificateExpires",
    "AutoscalerAtLimit",
    "TelemetryDropped",
    "TelemetryDown",
    "AlertsNotSent",
    "RulesFailing",
    "Watchdog",
]
"""Every alert there is."""

NAMES: Final[tuple[AlertName, ...]] = get_args(AlertName)


class Severity(StrEnum):
    """How soon somebody must look."""

    PAGE = "page"
    """At once, at any hour: users feel it now."""
    TICKET = "ticket"
    """In working hours: nobody feels it yet, or few."""
    NONE = "none"
    """Nobody is told; its absence says something."""


_PAGES: Final = frozenset(("ServiceDown", "DatabaseDown", "CacheDown", "DiskAlmostFull"))

SEVERITY: Final[Mapping[str, Severity]] = {
    **{name: Severity.PAGE if name in _PAGES else Severity.TICKET for name in NAMES},
    "Watchdog": Severity.NONE,
}
"""How urgent each is. One that burns a budget is a ticket, and a page where it burns fast."""


def runbook(name: str) -> str:
    """Return the path of an alert's runbook in the repository."""
    return f"docs/runbooks/{name}.md"
