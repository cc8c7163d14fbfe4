"""Webhooks are kept by administrators, and their secrets are shown once."""

import uuid
from typing import Any

import httpx
import pytest

WEBHOOKS = "/api/v1/delivery/webhooks"


@pytest.fixture
def administrator(replica: Any) -> Any:
    """The administrator's client."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        yield client


def _create(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post(WEBHOOKS, json={"url": "https://hooks.example/in", **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_a_secret_is_shown_once(administrator: httpx.Client, stack: Any) -> None:
    """Neither a later answer nor the database has it."""
    made = _create(administrator)
    secret = made.pop("secret")
    assert secret.startswith("gpw_")
    assert made == administrator.get(f"{WEBHOOKS}/{made['id']}").json()
    for table in ("webhook", "idempotency_key", "audit.event"):
        rows = await stack.fetch(f"SELECT row_to_json(t)::text AS row FROM {table} AS t")
        assert not [row for row in rows if secret in row["row"]]


def test_the_same_key_makes_one(administrator: httpx.Client) -> None:
    """A create that is sent twice gets the same answer, its secret too."""
    headers = {"idempotency-key": uuid.uuid4().hex}
    body = {"url": "https://hooks.example/twice"}
    answers = [administrator.post(WEBHOOKS, json=body, headers=headers) for _ in range(2)]
    assert [201, 201] == [answer.status_code for answer in answers]
    assert answers[0].json() == answers[1].json()


def test_a_change_is_of_the_version_that_was_seen(administrator: httpx.Client) -> None:
    """What is given changes, the rest stays; another version is refused."""
    made = _create(administrator, types=["deployment.state"])
    path = f"{WEBHOOKS}/{made['id']}"
    seen = administrator.get(path).headers["etag"]
    changed = administrator.patch(path, json={"enabled": False}, headers={"if-match": seen})
    assert (False, ["deployment.state"]) == (changed.json()["enabled"], changed.json()["types"])
    again = administrator.patch(path, json={"enabled": True}, headers={"if-match": seen})
    assert (412, "precondition_failed") == (again.status_code, again.json()["code"])


def test_a_deleted_one_is_gone(administrator: httpx.Client) -> None:
    """With its log."""
    made = _create(administrator)
    path = f"{WEBHOOKS}/{made['id']}"
    assert 202 == administrator.post(f"{path}/pings").status_code
    assert 204 == administrator.delete(path).status_code
    for one in (path, f"{path}/deliveries"):
        assert 404 == administrator.get(one).status_code
    assert 404 == administrator.delete(path).status_code


def test_pages_hold_each_once(administrator: httpx.Client) -> None:
    """A list goes on where it ended."""
    made = {_create(administrator)["id"] for _ in range(3)}
    found, after = [], ""
    while True:
        page = administrator.get(f"{WEBHOOKS}?limit=2{after}").json()
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert made <= set(found)
    assert len(set(found)) == len(found)
