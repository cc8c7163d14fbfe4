"""Lists of incidents: filters and pages; and the record of what people did."""

from typing import Any

import pytest


@pytest.fixture(scope="module")
def three(desk: Any) -> str:
    """Three incidents of one alert: open, taken on and over."""
    name = "AlertOfThree"
    base = {"startsAt": "2026-11-23T06:15:14Z", "endsAt": "0001-01-01T00:00:00Z"}
    for service, severity in (("a", "page"), ("b", "ticket"), ("c", "page")):
        labels = {"alertname": name, "service": service, "severity": severity}
        desk.send({"status": "firing", "labels": labels, **base})
    by_service = {one["service"]: one["id"] for one in desk.get(f"?alertname={name}")["items"]}
    desk.ask("otto", "POST", f"/{by_service['b']}/acknowledgements")
    desk.ask("otto", "POST", f"/{by_service['c']}/resolutions", {})
    return name


@pytest.mark.parametrize(
    ("query", "services"),
    [
        ("", ["c", "b", "a"]),
        ("&state=open", ["a"]),
        ("&state=acknowledged", ["b"]),
        ("&state=unresolved", ["b", "a"]),
        ("&state=resolved", ["c"]),
        ("&service=b", ["b"]),
        ("&severity=page", ["c", "a"]),
    ],
)
def test_a_list_is_filtered(desk: Any, three: str, query: str, services: list[str]) -> None:
    """By state, service, alert and severity; latest first."""
    found = desk.get(f"?alertname={three}{query}")["items"]
    assert services == [one["service"] for one in found]


def test_pages_join(desk: Any, three: str) -> None:
    """Each incident once, and a cursor of nobody is refused."""
    seen, after = [], ""
    while True:
        page = desk.get(f"?alertname={three}&limit=1{after}")
        seen += [one["service"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert ["c", "b", "a"] == seen
    assert 400 == desk.ask("vera", "GET", "?after=nonsense").status_code


def test_what_people_do_is_recorded(desk: Any, three: str) -> None:
    """Who took it on and who closed it stands in the audit record."""
    (taken,) = desk.get(f"?alertname={three}&service=b")["items"]
    with desk.replica.client(desk.headers["ada"]) as client:
        path = f"/api/v1/audit/events?target={taken['id']}"
        events = client.get(path).json()["items"]
    assert ["incident.acknowledge"] == [one["action"] for one in events]
