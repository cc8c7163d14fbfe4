"""Deployments are requested, read, listed and rolled back."""

import uuid
from typing import Any


def test_a_request_is_planned_where_no_approval_is_asked_for(desk: Any) -> None:
    """Its releases, requester and an ETag come with it."""
    made = desk.deployment("dev")
    with desk.as_("vic") as client:
        answer = client.get(f"/deployments/{made['id']}")
    assert '"1"' == answer.headers["etag"]
    shown = answer.json()
    assert made == shown
    assert ("planned", "ada@groundplan.example") == (shown["state"], shown["requested_by"])
    assert ["backend"] == shown["services"]
    assert [None] == [part["previous"] for part in shown["releases"]]


def test_unknown_environments_and_releases_are_named(desk: Any) -> None:
    """A refusal says which field is wrong."""
    there, missing = desk.release(), str(uuid.uuid4())
    for body, field in (
        ({"environment": "mars", "releases": [there]}, "environment"),
        ({"environment": "dev", "releases": [there, missing]}, "releases[1]"),
        ({"environment": "dev", "releases": [there, desk.release()]}, "releases"),
    ):
        answer = desk.post("ada", "/deployments", body)
        assert 400 == answer.status_code
        assert [field] == [one["path"] for one in answer.json()["errors"]]


def test_the_same_key_requests_once(desk: Any) -> None:
    """Twice the same request with one key is one deployment; another body is refused."""
    body = {"environment": "dev", "releases": [desk.release()]}
    key = uuid.uuid4().hex
    first = desk.post("ada", "/deployments", body, idempotency_key=key)
    second = desk.post("ada", "/deployments", body, idempotency_key=key)
    assert first.json() == second.json()
    other = desk.post("ada", "/deployments", {**body, "note": "x"}, idempotency_key=key)
    assert 422 == other.status_code


def test_a_rollback_returns_to_what_was_live(desk: Any, environment: str) -> None:
    """It is a deployment of the former release, linked, and takes the newer one back."""
    first, second = desk.deployment(environment), desk.deployment(environment)
    assert 409 == desk.post("ada", f"/deployments/{first['id']}/rollbacks").status_code
    desk.carry_out(first["id"])
    desk.carry_out(second["id"])
    assert desk.get("vic", f"/deployments/{first['id']}")["superseded"]
    back = desk.post("ada", f"/deployments/{second['id']}/rollbacks", {"note": "errors"})
    assert 201 == back.status_code, back.text
    made = back.json()
    assert (second["id"], "planned") == (made["rollback_of"], made["state"])
    former = first["releases"][0]["release"]["id"]
    assert [former] == [part["release"]["id"] for part in made["releases"]]
    assert 409 == desk.post("ada", f"/deployments/{second['id']}/rollbacks").status_code
    desk.carry_out(made["id"])
    taken_back = desk.get("vic", f"/deployments/{second['id']}")
    assert ("rolled_back", made["id"]) == (taken_back["state"], taken_back["rolled_back_by"])


def test_environments_show_what_is_live_and_what_comes(desk: Any, environment: str) -> None:
    """One row a service: its live release, and the deployment that is on its way."""
    live = desk.deployment(environment)
    desk.carry_out(live["id"])
    coming = desk.deployment(environment)
    items = desk.get("vic", "/environments")["items"]
    shown = next(item for item in items if item["name"] == environment)
    (service,) = shown["services"]
    assert (live["id"], coming["id"]) == (service["deployment"], service["coming"])
    assert live["releases"][0]["release"] == service["release"]
    assert 1 == next(item for item in items if item["name"] == "prod")["approvals"]


def test_lists_go_on_where_a_page_ended(desk: Any, environment: str) -> None:
    """Pages of two hold every deployment once, latest first, with each filter."""
    made = [desk.deployment(environment, service)["id"] for service in ("backend",) * 5]
    for words in (
        f"environment={environment}",
        f"environment={environment}&service=backend",
        f"environment={environment}&state=planned",
    ):
        found, after = [], ""
        while True:
            page = desk.get("vic", f"/deployments?{words}&limit=2{after}")
            found += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert made[::-1] == found
    empty = desk.get("vic", f"/deployments?environment={environment}&service=frontend")
    assert {"items": [], "next": None} == empty


def test_artifacts_are_attached_once(desk: Any) -> None:
    """A plan that is attached twice stands once, and the version counts up."""
    made = desk.deployment("dev")
    body = {"artifact": str(uuid.uuid4()), "kind": "plan"}
    path = f"/deployments/{made['id']}/artifacts"
    first, second = desk.post("ada", path, body), desk.post("ada", path, body)
    assert ('"2"', '"2"') == (first.headers["etag"], second.headers["etag"])
    (artifact,) = second.json()["artifacts"]
    assert body == {name: artifact[name] for name in body}


def test_infrastructure_has_no_release(desk: Any, environment: str) -> None:
    """A deployment of infrastructure is carried out like any other, without a service."""
    body = {"environment": environment, "kind": "infrastructure", "note": "wider subnets"}
    made = desk.post("ada", "/deployments", body).json()
    desk.carry_out(made["id"])
    shown = desk.get("vic", f"/deployments/{made['id']}")
    assert ("live", [], []) == (shown["state"], shown["services"], shown["releases"])


def test_events_of_a_deployment_are_in_order(desk: Any, environment: str) -> None:
    """Every step is told once, oldest first, over pages."""
    made = desk.deployment(environment)
    desk.carry_out(made["id"])
    path = f"/deployments/{made['id']}/events"
    first = desk.get("vic", f"{path}?limit=3")
    rest = desk.get("vic", f"{path}?after={first['next']}")
    events = first["items"] + rest["items"]
    assert ["planned", "applying", "verifying", "live"] == [one["state"] for one in events]
    assert sorted(one["id"] for one in events) == [one["id"] for one in events]
    assert rest["next"] is None
    with desk.as_("vic") as client:
        assert 404 == client.get(f"/deployments/{uuid.uuid4()}/events").status_code
