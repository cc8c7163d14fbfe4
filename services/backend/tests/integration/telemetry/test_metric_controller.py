"""What is made of metrics, from the route to the real store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

Get = Callable[..., httpx.Response]


def test_services_are_told_at_a_glance(get: Get, until: Any) -> None:
    """Who should answer and does not is there too."""

    def gone() -> Any:
        found = get("overview", range="5m").json()["items"]
        return next((one for one in found if one["service"] == "gone"), None)

    shown = until(gone)
    assert (1, 0, None) == (shown["replicas"], shown["up"], shown["requests_per_second"])


def test_a_service_without_errors_has_none(get: Get, until: Any) -> None:
    """Nought, and not everything, in its charts as at a glance."""

    def drawn(chart: str) -> list[float]:
        since = (datetime.now(UTC) - timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = {"service": "shop", "from": since, "step": 1}
        lines = get(f"charts/{chart}", **asked).json()["lines"]
        return [value for line in lines for value in line["values"] if value is not None]

    assert {0.0} == set(until(lambda: drawn("errors")))
    assert max(drawn("requests")) > 0
    (shop,) = [one for one in get("overview").json()["items"] if one["service"] == "shop"]
    assert (0.0, 1) == (shop["error_ratio"], shop["up"])


def test_every_chart_can_be_read(get: Get) -> None:
    """The store evaluates each of their expressions, whether it knows the metrics or not."""
    for chart in get("charts").json()["items"]:
        service = {"service": "backend"} if chart["of"] == "service" else {}
        answer = get(f"charts/{chart['name']}", **service)
        assert (200, chart["unit"]) == (answer.status_code, answer.json()["unit"]), chart["name"]


def test_an_expression_is_for_operators(get: Get, until: Any) -> None:
    """A viewer is refused, and what is no expression is told why."""
    assert 403 == get("expression", query="up").status_code
    since = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = {"query": "up", "from": since, "step": 1}
    until(lambda: len(get("expression", "operator", **asked).json()["lines"]) == 2)
    series = get("expression", "operator", **asked).json()
    assert {"job": "gone", "instance": "gone-1"} == series["lines"][0]["labels"]
    assert len(series["times"]) == len(series["lines"][0]["values"])
    assert (1, 0, None) == (series["step"], series["omitted"], series["unit"])
    refused = get("expression", "operator", query="sum by (job")
    assert (422, "query_refused") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("charts/nothing", {}, 404),
        ("charts/requests", {}, 400),
        ("charts/connections", {"service": "backend"}, 400),
        ("charts/requests", {"service": 'x"} or up{job="y'}, 400),
        (
            "charts/connections",
            {"from": "2026-11-23T06:00:00Z", "to": "2026-11-23T05:00:00Z"},
            400,
        ),
        ("charts/connections", {"step": "0"}, 400),
        ("charts/connections", {"step": "1"}, 400),
        ("overview", {"range": "1y"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused(
    get: Get, path: str, query: dict[str, str], status: int
) -> None:
    """No name of a service is ever a piece of an expression."""
    assert status == get(path, **query).status_code


def test_objectives_have_budgets(get: Get, until: Any) -> None:
    """From the series that rules record."""
    (objective,) = until(lambda: get("objectives").json()["items"])
    assert ("api", "gateway", 0.999) == (
        objective["name"],
        objective["service"],
        objective["target"],
    )
    left = until(lambda: get("objectives").json()["items"][0]["budget_left"])
    assert (0.5, "burning") == (left, get("objectives").json()["items"][0]["state"])


def test_alerts_name_their_runbooks(get: Get, until: Any) -> None:
    """With what they have found."""

    def firing() -> Any:
        (alert,) = get("alerts").json()["items"]
        return alert if alert["state"] == "firing" else None

    alert = until(firing)
    assert ("ServiceDown", "ServiceDown") == (alert["name"], alert["runbook"])
    assert "gone is down" == alert["found"][0]["summary"]
