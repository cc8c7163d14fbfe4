"""The audit record through the API: what is recorded, found, exported, and told of its state."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

_AUDIT = "/api/v1/audit"
_USERS = "/api/v1/identity/users"


@pytest.fixture
def administrator(replica: Any) -> Iterator[httpx.Client]:
    """A client of the first administrator."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        yield client


def _events(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"{_AUDIT}/events", params=query)
    assert 200 == answer.status_code, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_a_change_is_found_with_who_what_whence_and_its_place_in_the_chain(
    administrator: httpx.Client, password: str, until: Callable[..., Any]
) -> None:
    """Within seconds it is sealed and genuine, and names request and trace."""
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "x-request-id": "request-audit-1"}
    new = {"email": "ada@groundplan.example", "password": password, "role": "viewer"}
    user = administrator.post(_USERS, json=new, headers=headers).json()["id"]
    until(lambda: _events(administrator, target=user)[0]["position"] is not None)
    (found,) = _events(administrator, target=user)
    detail = administrator.get(f"{_AUDIT}/events/{found['id']}").json()
    expected = {
        "actor_name": "administrator@groundplan.example",
        "action": "user.create",
        "outcome": "done",
        "address": "127.0.0.1",
        "request_id": "request-audit-1",
        "trace_id": trace,
        "signed": True,
        "genuine": True,
    }
    assert expected == {name: detail[name] for name in expected}
    assert "ada@groundplan.example" == detail["detail"]["email"]
    assert 64 == len(detail["seal"])


def test_a_refused_sign_in_is_an_event_with_that_outcome(
    replica: Any, administrator: httpx.Client
) -> None:
    """Whoever guesses is named by the address that was tried."""
    with replica.client() as client:
        body = {"email": "guess@groundplan.example", "password": "wrong wrong wrong"}
        client.post("/api/v1/identity/sign-in", json=body)
    (found,) = _events(administrator, actor="guess@groundplan.example", outcome="refused")
    assert "sign_in.refused" == found["action"]


def test_a_refused_change_is_an_event_and_a_flood_of_them_is_counted(
    replica: Any, administrator: httpx.Client, until: Callable[..., Any]
) -> None:
    """The first refusal of a kind stands alone; the other ninety-nine do not fill the disk."""
    headers = replica.signed_in("viewer@groundplan.example")
    with replica.client(headers) as client:
        codes = [client.post(_USERS, json={}).status_code for _ in range(100)]
    assert [403] * 100 == codes
    actor = headers["x-groundplan-subject"]
    query = {"actor": actor, "action": "request.refused"}
    found = until(lambda: _events(administrator, **query))
    assert [("refused", _USERS)] == [(one["outcome"], one["target"]) for one in found]
    detail = administrator.get(f"{_AUDIT}/events/{found[0]['id']}").json()["detail"]
    expected = {"method": "POST", "route": _USERS, "status": 403, "code": "forbidden"}
    assert expected == detail


@pytest.mark.parametrize("role", ["viewer", "operator"])
def test_only_administrators_read_the_record(replica: Any, role: str) -> None:
    """Whoever is not one is refused everywhere, and nobody can change anything."""
    paths = ["events", "actions", "export", "verification"]
    with replica.client(replica.as_caller(role, "someone")) as client:
        assert [403] * 4 == [client.get(f"{_AUDIT}/{path}").status_code for path in paths]
    with replica.client(replica.as_caller("administrator", "someone")) as client:
        methods = ("PUT", "PATCH", "DELETE", "POST")
        answers = [client.request(method, f"{_AUDIT}/events") for method in methods]
    assert [405] * 4 == [answer.status_code for answer in answers]


def test_filters_and_words_find_the_same_event(
    replica: Any, administrator: httpx.Client, password: str
) -> None:
    """By actor's address, action, target, outcome, time and beginnings of words; and not else."""
    new = {"email": "grace.hopper@groundplan.example", "password": password, "role": "viewer"}
    user = administrator.post(_USERS, json=new).json()
    right = {
        "actor": "administrator@groundplan.example",
        "action": "user.create",
        "target": user["id"],
        "outcome": "done",
        "from": "2020-01-01T00:00:00Z",
        "to": "2099-01-01T00:00:00Z",
        "text": "HOPPER ground",
    }
    wrong = {
        "actor": "viewer@groundplan.example",
        "action": "user.delete",
        "target": "x",
        "outcome": "refused",
        "from": "2099-01-01T00:00:00Z",
        "to": "2020-01-01T00:00:00Z",
        "text": "hopper cobol",
    }
    assert [user["id"]] == [one["target"] for one in _events(administrator, **right)]
    for name, value in wrong.items():
        assert [] == _events(administrator, **{**right, name: value}), name


@pytest.mark.parametrize(
    "query",
    [
        "outcome=maybe",
        "from=yesterday",
        "to=2026-02-30T00:00:00Z",
        "limit=0",
        "limit=101",
        "text=",
        "after=x",
        "who=ada",
    ],
)
def test_a_query_out_of_its_limits_is_refused(administrator: httpx.Client, query: str) -> None:
    """Nothing is guessed."""
    assert 400 == administrator.get(f"{_AUDIT}/events?{query}").status_code


def test_pages_follow_one_another_without_gap_or_double(administrator: httpx.Client) -> None:
    """Following `next` gives every event once, newest first."""
    query: dict[str, str] = {"limit": "3", "to": "2099-01-01T00:00:00Z"}
    seen: list[str] = []
    for _ in range(4):
        page = administrator.get(f"{_AUDIT}/events", params=query).json()
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert sorted(set(seen), reverse=True) == seen
    assert len(seen) > 3


def test_the_actions_are_listed_for_a_choice(administrator: httpx.Client) -> None:
    """Each stands once, by name."""
    found = administrator.get(f"{_AUDIT}/actions").json()["items"]
    assert {"sign_in.granted", "user.create"} <= set(found)
    assert sorted(set(found)) == found


def test_an_export_as_csv_calculates_nothing_and_is_an_event_itself(
    replica: Any, administrator: httpx.Client
) -> None:
    """What a person typed cannot become a formula in a spreadsheet, nor a line of its own."""
    with replica.client() as client:
        body = {"email": "=1+1@x.example", "password": "wrong wrong wrong"}
        client.post("/api/v1/identity/sign-in", json=body)
    answer = administrator.get(f"{_AUDIT}/export?format=csv&action=sign_in.refused")
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert "'=1+1@x.example" in [row["actor"] for row in rows]
    assert not [row for row in rows if row["actor"].startswith("=")]
    (event,) = _events(administrator, action="audit.export", text="csv")
    assert "administrator@groundplan.example" == event["actor_name"]


def test_an_export_as_json_lines_has_all_of_every_event(administrator: httpx.Client) -> None:
    """Each line is one event, newest first, with its seal."""
    answer = administrator.get(f"{_AUDIT}/export?format=jsonl")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert "application/jsonl; charset=utf-8" == answer.headers["content-type"]
    assert sorted((row["id"] for row in rows), reverse=True) == [row["id"] for row in rows]
    granted = [row for row in rows if row["action"] == "sign_in.granted"][-1]
    assert (True, 64, str) == (
        granted["genuine"],
        len(granted["seal"]),
        type(granted["detail"]["session"]),
    )


def test_a_pass_that_is_asked_for_finds_the_record_sound(
    administrator: httpx.Client, until: Callable[..., Any]
) -> None:
    """All of it was looked at, and who asked is recorded."""
    before = until(lambda: _verification(administrator)["checked_at"])
    assert 202 == administrator.post(f"{_AUDIT}/verification").status_code
    found = until(lambda: (now := _verification(administrator))["checked_at"] != before and now)
    assert ("sound", [], 0) == (found["state"], found["faults"], found["unsigned"])
    assert found["checked"] > 3
    assert found["head"]["position"] >= found["checked"]
    event = _events(administrator, action="audit.verify")[0]
    assert "administrator@groundplan.example" == event["actor_name"]


def _verification(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{_AUDIT}/verification").json()
    return found
