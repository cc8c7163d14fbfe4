"""Channels: kept sealed, changed by version, told of what they asked for."""

import uuid
from typing import Any

import pytest


def _name() -> str:
    return f"c-{uuid.uuid4().hex[:12]}"


def _made(desk: Any, **more: Any) -> Any:
    body = {"name": _name(), "kind": "mail", "target": "on-call@groundplan.example", **more}
    answer = desk.ask("ada", "POST", "/channels", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_secret_address_is_never_shown(desk: Any) -> None:
    """Not when it is made, read, listed, changed or recorded."""
    secret = "T0/B0/canary-" + uuid.uuid4().hex
    made = _made(desk, kind="slack", target=f"https://hooks.slack.com/services/{secret}")
    assert "https://hooks.slack.com/…" == made["target"]
    path = f"/channels/{made['id']}"
    other = "https://hooks.slack.com/services/canary-other"
    shown = [
        desk.ask("ada", "GET", path).text,
        desk.ask("ada", "GET", "/channels").text,
        desk.ask("ada", "PATCH", path, {"target": other}).text,
    ]
    with desk.replica.client(desk.headers["ada"]) as client:
        shown.append(client.get(f"/api/v1/audit/events?target={made['id']}").text)
    assert not any("canary" in text for text in shown)
    assert "canary" not in desk.replica.log.read_text()
    desk.ask("ada", "DELETE", path)


async def test_an_address_lies_sealed(desk: Any, lasting_stack: Any) -> None:
    """Who reads the database learns no address that takes messages."""
    made = _made(desk, kind="slack", target="https://hooks.slack.com/services/canary")
    (row,) = await lasting_stack.fetch(
        "SELECT sealed, shown FROM notification_channel WHERE id = $1", uuid.UUID(made["id"])
    )
    assert b"canary" not in row["sealed"]
    assert "canary" not in row["shown"]
    desk.ask("ada", "DELETE", f"/channels/{made['id']}")


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("mail", "https://hooks.example/x"),
        ("mail", "nobody"),
        ("mail", "a@b@c"),
        ("slack", "on-call@groundplan.example"),
        ("slack", "http://hooks.slack.com/x"),
        ("slack", "https://10.0.0.1/x"),
        ("slack", "https://169.254.169.254/latest"),
        ("slack", "https://user:key@hooks.slack.com/x"),
    ],
)
def test_where_nothing_may_be_sent_is_refused(desk: Any, kind: str, target: str) -> None:
    """As webhooks' addresses are judged, and mail addresses are one."""
    body = {"name": _name(), "kind": kind, "target": target}
    answer = desk.ask("ada", "POST", "/channels", body)
    assert (400, "target") == (answer.status_code, answer.json()["errors"][0]["path"])


def test_a_channel_changes_by_version(desk: Any) -> None:
    """What is not given stays; an older version is refused, and a name that is taken."""
    made, other = _made(desk), _made(desk)
    path = f"/channels/{made['id']}"
    changed = desk.ask("ada", "PATCH", path, {"enabled": False}, if_match='"1"')
    assert (2, False, made["target"]) == tuple(
        changed.json()[name] for name in ("revision", "enabled", "target")
    )
    stale = desk.ask("ada", "PATCH", path, {"enabled": True}, if_match='"1"')
    assert (412, "precondition_failed") == (stale.status_code, stale.json()["code"])
    taken = desk.ask("ada", "PATCH", path, {"name": other["name"]})
    assert (409, "conflict") == (taken.status_code, taken.json()["code"])
    for one in (made, other):
        assert 204 == desk.ask("ada", "DELETE", f"/channels/{one['id']}").status_code
    assert 404 == desk.ask("ada", "GET", path).status_code


def test_channels_are_for_administrators(desk: Any) -> None:
    """Who may be told of everything is not for everybody to say."""
    for person in ("vera", "otto"):
        assert 403 == desk.ask(person, "GET", "/channels").status_code
        assert 403 == desk.ask(person, "POST", "/channels", {}).status_code
