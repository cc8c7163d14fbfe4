"""Routes of channels: lists by name, reads with a version."""

import uuid
from typing import Any


def test_channels_are_listed_by_name_and_read_with_a_version(desk: Any) -> None:
    """Page by page; each once, with the ETag that a change asks for."""
    mark = uuid.uuid4().hex[:8]
    for letter in "cab":
        body = {"name": f"zz-{mark}-{letter}", "kind": "mail", "target": "a@b.example"}
        assert 201 == desk.ask("ada", "POST", "/channels", body).status_code
    names, ids, after = [], [], ""
    while True:
        page = desk.ask("ada", "GET", f"/channels?limit=1{after}").json()
        found = [one for one in page["items"] if mark in one["name"]]
        names += [one["name"][-1] for one in found]
        ids += [one["id"] for one in found]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert ["a", "b", "c"] == names
    answer = desk.ask("ada", "GET", f"/channels/{ids[0]}")
    assert '"1"' == answer.headers["etag"]
    for one in ids:
        assert 204 == desk.ask("ada", "DELETE", f"/channels/{one}").status_code


def test_the_same_key_makes_one(desk: Any) -> None:
    """And the body of another is refused."""
    key, name = uuid.uuid4().hex, f"k-{uuid.uuid4().hex[:12]}"
    body = {"name": name, "kind": "mail", "target": "a@b.example"}
    made = [
        desk.ask("ada", "POST", "/channels", body, idempotency_key=key).json() for _ in range(2)
    ]
    assert made[0] == made[1]
    other = {**body, "target": "c@d.example"}
    assert 422 == desk.ask("ada", "POST", "/channels", other, idempotency_key=key).status_code
    desk.ask("ada", "DELETE", f"/channels/{made[0]['id']}")
