"""What a receiver is told of alerts."""

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.rules import notice
from groundplan_telemetry.metrics.rules.alerting import Alert
from groundplan_telemetry.metrics.rules.notice import NEVER


def _alert(job: str, **changes: int) -> Alert:
    named = labels.of({"alertname": "Down", "service": "api", "job": job})
    return Alert(named, {"summary": job, "runbook": "r"}, 1.0, 1000, fired=2000, **changes)


def test_a_payload_has_alertmanagers_shape() -> None:
    """Version 4 of the webhook: the group, what all have in common, and each alert."""
    told = [notice.told(_alert("a")), notice.told(_alert("b", resolved=3000))]
    found = notice.payload(told[0].group, told, {"environment": "local"})
    assert {
        "version": "4",
        "groupKey": '{}:{alertname="Down", service="api"}',
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "groundplan",
        "groupLabels": {"alertname": "Down", "service": "api"},
        "commonLabels": {"alertname": "Down", "service": "api", "environment": "local"},
        "commonAnnotations": {"runbook": "r"},
        "externalURL": "",
    } == {name: value for name, value in found.items() if name != "alerts"}
    first, second = found["alerts"]
    assert ("firing", NEVER) == (first["status"], first["endsAt"])
    assert ("resolved", "1970-01-01T00:00:03.000000Z") == (second["status"], second["endsAt"])
    assert "1970-01-01T00:00:02.000000Z" == first["startsAt"]
    assert {"alertname": "Down", "service": "api", "job": "a", "environment": "local"} == (
        first["labels"]
    )


def test_a_group_whose_alerts_all_ended_is_resolved() -> None:
    """A group fires as long as one of its alerts does."""
    over = notice.told(_alert("a")).ended(5000)
    assert "resolved" == notice.payload(over.group, [over], {})["status"]


def test_fingerprints_tell_alerts_apart() -> None:
    """The same labels have the same fingerprint, whatever else is said."""
    one, two = notice.told(_alert("a")), notice.told(_alert("a", resolved=9))
    assert one.fingerprint == two.fingerprint
    assert 16 == len(one.fingerprint)
    assert one.fingerprint != notice.told(_alert("b")).fingerprint
