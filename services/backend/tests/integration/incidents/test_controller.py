"""Incidents as people use them, from the route to the row."""

import uuid
from typing import Any

import pytest


@pytest.fixture
def incident(desk: Any, alert: Any, name: str) -> str:
    """An incident that is open; its id."""
    desk.send(alert(name))
    return str(desk.only(name)["id"])


def test_somebody_takes_it_on(desk: Any, incident: str) -> None:
    """Who does is told, and who does so later takes it over."""
    for person in ("otto", "otti"):
        answer = desk.ask(person, "POST", f"/{incident}/acknowledgements")
        found = answer.json()
        assert (200, "acknowledged") == (answer.status_code, found["state"])
        assert f"{person}@incidents.example" == found["acknowledged_by"]
    told = [(one["kind"], one["by"]) for one in found["timeline"][-2:]]
    assert [
        ("acknowledged", "otto@incidents.example"),
        ("acknowledged", "otti@incidents.example"),
    ] == told


def test_notes_are_remembered_once(desk: Any, incident: str) -> None:
    """With the same key the same note; and a note may come after the end."""
    body, key = {"text": "It was the cable."}, uuid.uuid4().hex
    for _ in range(2):
        answer = desk.ask("otto", "POST", f"/{incident}/notes", body, idempotency_key=key)
        assert 201 == answer.status_code
    desk.ask("otto", "POST", f"/{incident}/resolutions", {"text": "new cable"})
    desk.ask("otto", "POST", f"/{incident}/notes", {"text": "Buy spare ones."})
    timeline = desk.get(f"/{incident}")["timeline"]
    notes = [one["text"] for one in timeline if one["kind"] == "note"]
    assert ["It was the cable.", "Buy spare ones."] == notes


def test_it_is_closed_by_hand_and_only_once(desk: Any, incident: str) -> None:
    """With a reason; afterwards nobody takes it on."""
    closed = desk.ask("otto", "POST", f"/{incident}/resolutions", {"text": "new cable"}).json()
    assert ("resolved", "new cable") == (closed["state"], closed["timeline"][-1]["text"])
    assert closed["resolved_at"] is not None
    for path in ("resolutions", "acknowledgements"):
        again = desk.ask("otto", "POST", f"/{incident}/{path}", {})
        assert (409, "conflict") == (again.status_code, again.json()["code"])


def test_a_viewer_looks_and_changes_nothing(desk: Any, incident: str) -> None:
    """403 for each change."""
    assert 200 == desk.ask("vera", "GET", f"/{incident}").status_code
    for path in ("acknowledgements", "notes", "resolutions"):
        answer = desk.ask("vera", "POST", f"/{incident}/{path}", {"text": "x"})
        assert (403, "forbidden") == (answer.status_code, answer.json()["code"])


def test_the_moment_is_around_it(desk: Any, incident: str) -> None:
    """From before it began, so that traces and logs show the cause."""
    found = desk.get(f"/{incident}")
    assert found["moment"]["from"] < found["started_at"] < found["moment"]["to"]


def test_what_is_not_there_is_not_found(desk: Any) -> None:
    """Whatever is wanted of it."""
    nobody = uuid.UUID(int=1)
    assert 404 == desk.ask("vera", "GET", f"/{nobody}").status_code
    assert 404 == desk.ask("vera", "GET", f"/{nobody}/export").status_code
    for path in ("acknowledgements", "notes", "resolutions"):
        assert 404 == desk.ask("otto", "POST", f"/{nobody}/{path}", {"text": "x"}).status_code


def test_it_is_exported_as_a_document_and_as_json(desk: Any, incident: str) -> None:
    """With a name for the file; another form is refused."""
    document = desk.ask("vera", "GET", f"/{incident}/export")
    assert document.text.startswith("# Incident: backend is down\n")
    assert document.headers["content-type"].startswith("text/markdown")
    assert f'incident-{incident}.md"' in document.headers["content-disposition"]
    plain = desk.ask("vera", "GET", f"/{incident}/export?format=json")
    assert (incident, "application/json") == (plain.json()["id"], plain.headers["content-type"])
    assert 400 == desk.ask("vera", "GET", f"/{incident}/export?format=pdf").status_code
