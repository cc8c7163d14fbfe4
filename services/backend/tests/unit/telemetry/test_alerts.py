"""Alerts as a page shows them."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan_backend.errors import TelemetryOff
from groundplan_backend.telemetry import alerts
from groundplan_backend.telemetry.alerts import AlertService
from groundplan_backend.telemetry.prometheus import Prometheus


async def test_what_fires_comes_first(keeper: Any, place: Callable[..., Any]) -> None:
    """Then what waits, then what is silent; each names its runbook."""
    keeper.knows("/api/v1/rules", "prometheus/rules.json")
    page = await AlertService(Prometheus(place())).alerts()
    assert ["firing", "pending", "inactive"] == [one.state for one in page.items]
    first = page.items[0]
    assert ("ServiceDown", "ServiceDown", "page") == (first.name, first.runbook, first.severity)
    assert ("gone is down", "gone") == (first.found[0].summary, first.service)
    assert None is first.problem
    assert 600 == page.items[1].holds_seconds


async def test_nothing_is_set_up() -> None:
    """It is said so."""
    with pytest.raises(TelemetryOff):
        await AlertService(None).alerts()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("docs/runbooks/CacheDown.md", "CacheDown"),
        ("https://docs.example/runbooks/CacheDown", "CacheDown"),
        ("", None),
    ],
)
def test_a_runbook_has_a_name(said: str, name: str | None) -> None:
    """Whatever stands before it."""
    assert name == alerts.runbook_of(said)
