"""What Alertmanager sends, read and cut."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from groundplan_backend.incidents import notice as module
from groundplan_backend.incidents.notice import AlertNotice, Finding

_SAMPLE: dict[str, Any] = {
    "receiver": "console",
    "status": "firing",
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "CacheDown", "service": "cache", "severity": "page"},
            "annotations": {
                "summary": "the cache is down",
                "runbook": "docs/runbooks/CacheDown.md",
            },
            "startsAt": "2026-11-23T06:15:14.236026828+01:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus:9090/graph",
            "fingerprint": "1a30ba71cca2921f",
        }
    ],
    "groupLabels": {"alertname": "CacheDown"},
    "commonLabels": {"alertname": "CacheDown"},
    "commonAnnotations": {},
    "externalURL": "http://alertmanager:9093",
    "version": "4",
    "groupKey": '{}/{severity="page"}:{alertname="CacheDown"}',
    "truncatedAlerts": 0,
}


def _found(**change: Any) -> Finding:
    body = {**_SAMPLE, "alerts": [{**_SAMPLE["alerts"][0], **change}]}
    (one,) = module.findings(msgspec.convert(body, AlertNotice))
    return one


def test_an_alert_is_read_whole() -> None:
    """In the form that Alertmanager documents; times are in UTC."""
    found = _found()
    assert ("CacheDown/cache/", "1a30ba71cca2921f", True) == (
        found.key,
        found.fingerprint,
        found.firing,
    )
    assert ("the cache is down", "CacheDown", "page") == (
        found.summary,
        found.runbook,
        found.severity,
    )
    assert datetime(2026, 11, 23, 5, 15, 14, 236027, UTC) == found.started_at
    assert found.ended_at is None


def test_an_end_is_not_before_its_beginning() -> None:
    """And one that is not told is now."""
    ended = _found(status="resolved", endsAt="2026-11-23T04:00:00Z")
    assert ended.started_at == ended.ended_at
    untold = _found(status="resolved")
    assert untold.ended_at is not None
    assert untold.ended_at > untold.started_at


@pytest.mark.parametrize(
    ("labels", "key"),
    [
        ({"alertname": "A", "job": "backend"}, "A/backend/"),
        ({"alertname": "A", "service": "gateway", "slo": "api"}, "A/gateway/api"),
        ({"alertname": "A"}, "A//"),
        ({}, "unnamed//"),
    ],
)
def test_what_is_not_told_has_a_word(labels: dict[str, str], key: str) -> None:
    """A job stands for a service; without a fingerprint the labels are one."""
    found = _found(labels=labels, annotations={}, fingerprint="")
    assert (key, None, 16) == (found.key, found.runbook, len(found.fingerprint))
    assert found.fingerprint == _found(labels=labels, fingerprint="").fingerprint


def test_too_much_is_cut() -> None:
    """Nobody fills the database with one alert, and no zero byte reaches it."""
    labels = {f"l{number:03}": "x" * 10_000 for number in range(100)}
    found = _found(labels=labels, annotations={"summary": "a\0b" * 5000})
    assert (50, 500, 500) == (
        len(found.labels),
        max(map(len, found.labels.values())),
        len(found.summary),
    )
    assert "\0" not in found.summary


def test_those_of_one_incident_stand_together_in_one_order() -> None:
    """What fires goes first, so that what moves from one replica to another opens nothing anew."""
    alerts = [
        {
            **_SAMPLE["alerts"][0],
            "labels": {"alertname": name},
            "status": status,
            "fingerprint": mark,
        }
        for name, status, mark in (
            ("B", "firing", "3"),
            ("A", "resolved", "1"),
            ("A", "firing", "2"),
        )
    ]
    found = module.findings(msgspec.convert({**_SAMPLE, "alerts": alerts}, AlertNotice))
    assert [("A//", True), ("A//", False), ("B//", True)] == [
        (one.key, one.firing) for one in found
    ]


def test_a_page_goes_before_a_ticket() -> None:
    """So that an incident opens with the gravest of what is known, and unknown words are least."""
    assert module.urgency("page") > module.urgency("ticket") > module.urgency("warning")
    alerts = [
        {
            **_SAMPLE["alerts"][0],
            "labels": {"alertname": "A", "severity": word},
            "fingerprint": word,
        }
        for word in ("ticket", "page", "")
    ]
    found = module.findings(msgspec.convert({**_SAMPLE, "alerts": alerts}, AlertNotice))
    assert ["page", "ticket", ""] == [one.severity for one in found]


@pytest.mark.parametrize(
    "told",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-01-01T00:00:00Z",
    ],
)
def test_a_time_that_nobody_reckons_with_is_now(told: str) -> None:
    """An incident can be read and shown, whatever its notice says of when it was."""
    before = datetime.now(UTC)
    found = _found(status="resolved", startsAt=told, endsAt=told)
    assert found.ended_at is not None
    assert before <= found.started_at <= found.ended_at <= datetime.now(UTC)


def test_a_time_without_a_zone_is_utc() -> None:
    """Wherever the backend runs."""
    assert datetime(2026, 1, 1, tzinfo=UTC) == _found(startsAt="2026-01-01T00:00:00").started_at
