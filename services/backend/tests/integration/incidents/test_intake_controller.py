"""Who may send alerts, and what of theirs is refused."""

from typing import Any

import pytest


@pytest.mark.parametrize("key", ["", "wrong", "D4" * 32])
def test_only_the_key_that_was_agreed_opens_the_door(
    desk: Any, alert: Any, name: str, key: str
) -> None:
    """401 with a code of its own, and nothing is written."""
    answer = desk.send(alert(name), key=key)
    assert (401, "invalid_key") == (answer.status_code, answer.json()["code"])
    assert [] == desk.get(f"?alertname={name}")["items"]


def test_a_person_cannot_send_alerts(desk: Any, alert: Any, name: str) -> None:
    """Not even an administrator, for a session is no key."""
    body = {"version": "4", "alerts": [alert(name)]}
    answer = desk.ask("ada", "POST", "/alertmanager", body)
    assert (401, "invalid_key") == (answer.status_code, answer.json()["code"])


def test_a_replica_without_a_key_lets_nobody_in(lasting_stack: Any, alert: Any, name: str) -> None:
    """An empty key is none."""
    replica = lasting_stack.replica()
    body = {"version": "4", "alerts": [alert(name)]}
    for shown in ("Bearer", "Bearer None", ""):
        with replica.client({"authorization": shown}) as client:
            answer = client.post("/api/v1/incidents/alertmanager", json=body)
        assert 401 == answer.status_code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"alerts": "none"},
        {"version": "3", "alerts": []},
        {"alerts": [{"status": "odd", "labels": {}, "startsAt": "2026-11-23T06:15:14Z"}]},
        {"alerts": [{"status": "firing", "labels": {"a": 1}, "startsAt": "2026-11-23T06:15:14Z"}]},
    ],
)
def test_what_is_no_notice_is_refused(desk: Any, body: Any) -> None:
    """400 names the field."""
    answer = desk.ask("ada", "POST", "/alertmanager", body)
    assert (400, "invalid_request") == (answer.status_code, answer.json()["code"])


def test_what_is_new_in_a_notice_is_let_in(desk: Any, alert: Any, name: str) -> None:
    """A newer Alertmanager may say more than we know."""
    more = {**alert(name), "dashboardURL": "x"}
    assert 202 == desk.send(more, groupLabels={"a": "b"}, notificationReason="first").status_code
    assert "open" == desk.only(name)["state"]
