"""Rules as Prometheus reads them."""

from groundplan.model.alert import Severity
from groundplan.targets.monitoring.rules.rule import Alert, Group, Record
from groundplan.targets.monitoring.rules.window import Clock

ALERT = Alert(
    name="CacheDown",
    expression="redis_up == 0",
    summary="down",
    description="It is down.",
    dashboard="cache",
    after=60,
    labels={"service": "cache"},
)


def test_an_alert_has_its_severity_its_runbook_and_its_dashboard() -> None:
    """Everything that whoever is woken needs."""
    found = ALERT.plain(Clock())
    assert {"severity": "page", "service": "cache"} == found["labels"]
    assert "docs/runbooks/CacheDown.md" == found["annotations"]["runbook"]
    assert ("1m", "cache") == (found["for"], found["annotations"]["dashboard"])


def test_an_alert_may_be_less_urgent_than_usual_and_may_wait_for_nothing() -> None:
    """A slow burn of the same budget is a ticket."""
    other = Alert(
        name="CacheDown", expression="x", summary="s", description="d", dashboard="e",
        severity=Severity.TICKET,
    )  # fmt: skip
    found = other.plain(Clock())
    assert ("ticket", False) == (found["labels"]["severity"], "for" in found)


def test_a_rehearsal_shortens_what_an_alert_waits_but_not_the_looks() -> None:
    """Samples come as often as ever."""
    found = Group("stores", 5, (ALERT, Record("a:b", "sum(c)"))).plain(Clock(20))
    assert ("5s", "3s") == (found["interval"], found["rules"][0]["for"])
    assert {"record": "a:b", "expr": "sum(c)"} == found["rules"][1]
