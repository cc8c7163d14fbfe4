"""Messages to people: sent once each, after what they tell of, and tried again."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def desk(stack: Any, desk_of: Callable[[Any], Any]) -> Any:
    """A database whose messages no replica takes that may not send them here."""
    return desk_of(stack)


@pytest.fixture
def channel(desk: Any) -> Any:
    """Make a channel that is deleted after the test."""
    made: list[str] = []

    def make(kind: str, target: str, **more: Any) -> Any:
        body = {"name": f"n-{uuid.uuid4().hex[:12]}", "kind": kind, "target": target, **more}
        answer = desk.ask("ada", "POST", "/channels", body)
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["id"])
        return answer.json()

    yield make
    for one in made:
        desk.ask("ada", "DELETE", f"/channels/{one}")


def test_slack_is_told_of_begin_and_end(
    desk: Any, alert: Any, name: str, receiver: Any, channel: Any, until: Any
) -> None:
    """In Slack's form, with a link to the incident, and once each."""
    channel("slack", receiver.url)
    desk.send(alert(name))
    desk.send({**alert(name), "status": "resolved", "endsAt": "2026-11-23T06:20:00Z"})

    def ours() -> list[Any]:
        return [one for one in receiver.heard if name in one["text"]]

    until(lambda: len(ours()) == 2)
    incident = desk.only(name)["id"]
    texts = {one["text"] for one in ours()}
    assert {f"Firing: {name} (backend)", f"Resolved: {name} (backend)"} == texts
    link = f"https://console.example/incidents/{incident}"
    assert {link} == {one["attachments"][0]["title_link"] for one in ours()}


def test_only_what_was_asked_for_is_told(
    desk: Any, alert: Any, name: str, receiver: Any, channel: Any, until: Any
) -> None:
    """Another severity, and a channel that is disabled, hear nothing."""
    channel("slack", receiver.url, severities=["page"])
    silent = channel("slack", f"{receiver.url}-silent")
    desk.ask("ada", "PATCH", f"/channels/{silent['id']}", {"enabled": False})
    desk.send(alert(f"{name}t", labels={"severity": "ticket"}))
    desk.send(alert(name))
    until(lambda: any(name in one["text"] for one in receiver.heard))
    assert 1 == sum(name in one["text"] for one in receiver.heard)


def test_a_mail_is_written(desk: Any, alert: Any, name: str, channel: Any, until: Any) -> None:
    """Through the outbox, as all mails."""
    channel("mail", "on-call@groundplan.example")
    desk.send(alert(name))

    def ours() -> Any:
        with desk.replica.client(desk.headers["ada"]) as client:
            mails = client.get("/api/v1/mails").json()["items"]
        return next((one for one in mails if name in one["subject"]), None)

    mail = until(ours)
    assert ("on-call@groundplan.example", True) == (mail["to"], "backend is down" in mail["text"])


def test_a_receiver_that_refuses_is_tried_again_and_told_of(
    desk: Any, receiver: Any, channel: Any, until: Any
) -> None:
    """The channel says what is wrong, without the address."""
    receiver.status = 500
    made = channel("slack", receiver.url)
    answer = desk.ask("ada", "POST", f"/channels/{made['id']}/tests")
    assert 202 == answer.status_code

    def problem() -> Any:
        return desk.ask("ada", "GET", f"/channels/{made['id']}").json()["last_problem"]

    assert "answered 500" == until(problem)
    assert "Test: Test" == receiver.heard[0]["text"]
