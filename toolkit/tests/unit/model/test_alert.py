"""Alerts have a severity and a runbook each."""

from groundplan.model import alert


def test_every_alert_has_a_severity_and_a_runbook_of_its_own() -> None:
    """Names lead to both, without exceptions."""
    assert set(alert.NAMES) == set(alert.SEVERITY)
    assert len(alert.NAMES) == len({alert.runbook(name) for name in alert.NAMES})
    assert alert.Severity.PAGE is alert.SEVERITY["ServiceDown"]
    assert alert.Severity.TICKET is alert.SEVERITY["CpuHigh"]
