"""What Alertmanager sends (its webhook, version 4), read and cut to what is kept of it.

What we do not know is let in and left out: a newer Alertmanager may say more.
"""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

_MOST_LABELS: Final = 50
_LONGEST: Final = 500
_LONGEST_TEXT: Final = 4000
_URGENCY: Final = {"page": 2, "ticket": 1}
_FIRST_YEAR: Final = 2000
"""The year 1 is how Alertmanager writes that something has not ended."""
_LAST_YEAR: Final = 2200


class SentAlert(msgspec.Struct, rename="camel", kw_only=True):
    """One alert of a notice."""

    status: Literal["firing", "resolved"]
    labels: dict[str, str]
    annotations: dict[str, str] = {}
    starts_at: datetime
    ends_at: datetime | None = None
    generator_url: Annotated[str, Meta(description="the alert's expression in Prometheus")] = (
        msgspec.field(default="", name="generatorURL")
    )
    fingerprint: str = ""


class AlertNotice(msgspec.Struct, rename="camel", kw_only=True):
    """A group of alerts, as Alertmanager sends it to a webhook."""

    version: Literal["4"] = "4"
    status: Literal["firing", "resolved"] = "firing"
    group_key: str = ""
    receiver: str = ""
    truncated_alerts: int = 0
    alerts: Annotated[list[SentAlert], Meta(max_length=1000)]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as it is kept."""

    key: str
    fingerprint: str
    firing: bool
    labels: dict[str, str]
    alertname: str
    service: str
    severity: str
    slo: str
    summary: str
    description: str
    runbook: str | None
    dashboard: str | None
    source: str
    started_at: datetime
    ended_at: datetime | None

    @property
    def urgency(self) -> int:
        """How soon somebody must look, a larger number is sooner."""
        return urgency(self.severity)


def urgency(severity: str) -> int:
    """Return how soon somebody must look: a page goes before a ticket, and that before nothing."""
    return _URGENCY.get(severity, 0)


def findings(notice: AlertNotice) -> list[Finding]:
    """Return the alerts of a notice, those of one incident beside each other, in a fixed order.

    The order is the same for all who write at the same time, so that none waits for another
    in a circle.
    """
    found = [_finding(alert) for alert in notice.alerts]
    return sorted(found, key=lambda one: (one.key, not one.firing, -one.urgency, one.fingerprint))


def _finding(alert: SentAlert) -> Finding:
    labels = {
        _cut(name): _cut(value) for name, value in sorted(alert.labels.items())[:_MOST_LABELS]
    }
    said = alert.annotations
    name = labels.get("alertname") or "unnamed"
    service = labels.get("service") or labels.get("job") or ""
    firing = alert.status == "firing"
    started = _moment(alert.starts_at) or datetime.now(UTC)
    return Finding(
        key="/".join((name, service, labels.get("slo", ""))),
        fingerprint=_cut(alert.fingerprint) or _fingerprint(labels),
        firing=firing,
        labels=labels,
        alertname=name,
        service=service,
        severity=labels.get("severity", ""),
        slo=labels.get("slo", ""),
        summary=_cut(said.get("summary", "")) or name,
        description=_cut(said.get("description", ""), _LONGEST_TEXT),
        runbook=_runbook(said.get("runbook") or said.get("runbook_url") or ""),
        dashboard=_cut(said.get("dashboard", "")) or None,
        source=_cut(alert.generator_url, _LONGEST_TEXT),
        started_at=started,
        ended_at=None if firing else _end(alert, started),
    )


def _end(alert: SentAlert, started: datetime) -> datetime:
    ended = _moment(alert.ends_at) if alert.ends_at else None
    return max(started, ended or datetime.now(UTC))


def _moment(told: datetime) -> datetime | None:
    """Return a time in UTC; None for one that nobody could reckon with."""
    if not _FIRST_YEAR <= told.year < _LAST_YEAR:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _runbook(said: str) -> str | None:
    """Return the name at the end of a path or an address."""
    return _cut(said.rpartition("/")[2].partition("#")[0].removesuffix(".md")) or None


def _fingerprint(labels: dict[str, str]) -> str:
    return hashlib.sha256(msgspec.json.encode(sorted(labels.items()))).hexdigest()[:16]


def _cut(text: str, most: int = _LONGEST) -> str:
    return text.replace("\0", "\ufffd")[:most]
