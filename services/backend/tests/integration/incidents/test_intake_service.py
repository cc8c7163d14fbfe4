"""Incidents made of alerts: grouped, closed, opened again, and never twice."""

import asyncio
import uuid
from typing import Any

from groundplan_backend.incidents import intake_service


def _over(alert: dict[str, Any]) -> dict[str, Any]:
    return {**alert, "status": "resolved", "endsAt": "2026-11-23T06:20:00Z"}


def test_alerts_of_one_name_and_service_are_one_incident(desk: Any, alert: Any, name: str) -> None:
    """It is over when none of them fires."""
    one, two = (alert(name, labels={"instance": each}) for each in ("a", "b"))
    desk.send(one, two)
    found = desk.only(name)
    assert ("open", 2, "backend is down") == (found["state"], found["firing"], found["summary"])
    assert (name, "page", "backend") == (found["runbook"], found["severity"], found["service"])
    assert "2026-11-23T06:15:14.236027Z" == found["started_at"]
    desk.send(_over(one))
    assert ("open", 1) == (desk.only(name)["state"], desk.only(name)["firing"])
    desk.send(_over(two), status="resolved")
    ended = desk.only(name)
    assert ("resolved", 0) == (ended["state"], ended["firing"])
    kinds = [one["kind"] for one in ended["timeline"]]
    assert ["opened", "alert_firing", "alert_firing", "alert_resolved", "alert_resolved"] == kinds[
        :5
    ]
    assert "resolved" == kinds[5]


def test_services_have_incidents_of_their_own(desk: Any, alert: Any, name: str) -> None:
    """One alert about two services is two, in one notice too."""
    desk.send(alert(name, "backend"), alert(name, "orders"))
    services = {one["service"] for one in desk.get(f"?alertname={name}")["items"]}
    assert {"backend", "orders"} == services


def test_a_ticket_that_becomes_a_page_is_told(desk: Any, alert: Any, name: str) -> None:
    """Once, with the words of the page; a ticket that comes later makes it no smaller."""
    ticket = alert(name, labels={"severity": "ticket", "slo": "api"})
    page = alert(name, labels={"slo": "api"})
    page["annotations"] = {**page["annotations"], "summary": "it burns fast"}
    for one in (ticket, page, ticket, page):
        desk.send(one)
    found = desk.only(name)
    assert ("page", "it burns fast", "api") == (found["severity"], found["summary"], found["slo"])
    assert 1 == [one["kind"] for one in found["timeline"]].count("escalated")


def test_objectives_have_incidents_of_their_own(desk: Any, alert: Any, name: str) -> None:
    """Two promises of one service are two stories."""
    desk.send(*(alert(name, labels={"slo": slo}) for slo in ("availability", "latency")))
    found = desk.get(f"?alertname={name}")["items"]
    assert {"availability", "latency"} == {one["slo"] for one in found}


def test_the_same_notice_twice_changes_nothing(desk: Any, alert: Any, name: str) -> None:
    """Two Alertmanagers, or one that was not heard, tell no story twice."""
    for _ in range(3):
        assert 202 == desk.send(alert(name)).status_code
    before = desk.only(name)
    assert 2 == len(before["timeline"])
    over = _over(alert(name))
    desk.send(over)
    desk.send(over)
    assert 4 == len(desk.only(name)["timeline"])


def test_what_was_never_heard_of_is_not_over(desk: Any, alert: Any, name: str) -> None:
    """An end without a beginning opens nothing."""
    assert 202 == desk.send(_over(alert(name))).status_code
    assert [] == desk.get(f"?alertname={name}")["items"]


def test_what_comes_again_soon_is_the_same(desk: Any, alert: Any, name: str) -> None:
    """It is opened once more and nobody has it; one that is taken on stays so while it fires."""
    desk.send(alert(name))
    incident = desk.only(name)["id"]
    desk.ask("otto", "POST", f"/{incident}/acknowledgements")
    desk.send(alert(name))
    assert "acknowledged" == desk.only(name)["state"]
    desk.send(_over(alert(name)))
    desk.send(alert(name))
    again = desk.only(name)
    assert (incident, "open", None) == (again["id"], again["state"], again["acknowledged_by"])
    assert "reopened" in [one["kind"] for one in again["timeline"]]


async def test_what_comes_again_later_is_another(
    desk: Any, lasting_stack: Any, alert: Any, name: str
) -> None:
    """After a while it is a new story."""
    await asyncio.to_thread(desk.send, alert(name))
    await asyncio.to_thread(desk.send, _over(alert(name)))
    old = intake_service.AGAIN.total_seconds() + 60
    await lasting_stack.fetch(
        "UPDATE incident SET resolved_at = now() - make_interval(secs => $2) WHERE alertname = $1",
        name,
        old,
    )
    await asyncio.to_thread(desk.send, alert(name))
    found = (await asyncio.to_thread(desk.get, f"?alertname={name}"))["items"]
    assert ["open", "resolved"] == [one["state"] for one in found]


async def test_many_at_once_make_one(desk: Any, alert: Any, name: str) -> None:
    """However many Alertmanagers send, in whatever order."""
    alerts = [alert(name, labels={"instance": str(number)}) for number in range(4)]
    others = [alert(f"{name}x", labels={"instance": str(number)}) for number in range(4)]
    sent = [
        asyncio.to_thread(desk.send, *(alerts + others if number % 2 else others + alerts))
        for number in range(8)
    ]
    assert {202} == {one.status_code for one in await asyncio.gather(*sent)}
    found = await asyncio.to_thread(desk.only, name)
    assert (4, 5) == (found["firing"], len(found["timeline"]))


def test_incidents_are_webhooks_events_too(desk: Any, alert: Any, name: str, until: Any) -> None:
    """Who asked for them gets opened and resolved, each once."""
    with desk.replica.client(desk.headers["ada"]) as client:
        hook = {
            "url": "https://127.0.0.1:9/hook",
            "types": ["incident.opened", "incident.resolved"],
        }
        made = client.post("/api/v1/delivery/webhooks", json=hook).json()
        desk.send(alert(name))
        desk.send(_over(alert(name)))
        path = f"/api/v1/delivery/webhooks/{made['id']}"
        types = [one["type"] for one in client.get(f"{path}/deliveries").json()["items"]]
        assert 204 == client.delete(path).status_code
    assert ["incident.resolved", "incident.opened"] == types
    assert uuid.UUID(made["id"])
