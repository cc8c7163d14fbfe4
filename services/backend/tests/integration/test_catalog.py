"""The catalog against real PostgreSQL and Redis: loading, lists, annotations, the cache."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

_SERVICES = "/api/v1/catalog/services"
_ANNOTATIONS = f"{_SERVICES}/backend/annotations"
_ONE = "/api/v1/catalog/annotations"


@pytest.fixture
def viewer(replica: Any) -> Any:
    """A client of a viewer."""
    with replica.client(replica.as_caller("viewer", str(uuid.uuid4()))) as client:
        yield client


@pytest.fixture
def operator(replica: Any) -> Any:
    """A client of an operator."""
    with replica.client(replica.signed_in("operator@groundplan.example")) as client:
        yield client


def test_the_platform_has_its_tiers_and_arrows(viewer: httpx.Client) -> None:
    """What the console draws comes from the file: zones, tiers and who calls whom."""
    platform = viewer.get("/api/v1/catalog/platform").json()
    assert ["edge", "application", "data"] == platform["tiers"]
    assert ["us-east-1a", "us-east-1b"] == platform["zones"]
    assert {"source": "backend", "target": "cache"} in platform["arrows"]
    assert "stale" not in platform


def test_environments_are_listed(viewer: httpx.Client) -> None:
    """Each environment shows its replicas by service."""
    (local,) = viewer.get("/api/v1/catalog/environments").json()["items"]
    assert {"min": 2, "max": 2} == local["replicas"]["backend"]


def test_bills_are_listed(viewer: httpx.Client) -> None:
    """Each environment with its estimate, or with the reason why there is none."""
    (dev,) = viewer.get("/api/v1/catalog/bills").json()["items"]
    assert ("dev", None, "region: mars-1 is not in the table of prices") == (
        dev["environment"],
        dev["estimate"],
        dev["problem"],
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["authz", "backend", "cache", "database", "frontend", "gateway"]),
        ({"tier": "data"}, ["cache", "database"]),
        ({"kind": "gateway"}, ["gateway"]),
        ({"q": "GATE"}, ["gateway"]),
        ({"q": "%"}, []),
        ({"tier": "edge", "q": "front"}, ["frontend"]),
    ],
)
def test_services_are_filtered(
    viewer: httpx.Client, query: dict[str, str], names: list[str]
) -> None:
    """By tier, by kind, and by words in name and description, taken literally."""
    page = viewer.get(_SERVICES, params=query).json()
    assert names == [service["name"] for service in page["items"]]
    assert page["next"] is None


def test_pages_of_services_follow_one_another(viewer: httpx.Client) -> None:
    """A cursor continues its own list and no other."""
    first = viewer.get(_SERVICES, params={"limit": 4}).json()
    second = viewer.get(_SERVICES, params={"limit": 4, "after": first["next"]}).json()
    assert ["frontend", "gateway"] == [service["name"] for service in second["items"]]
    other = viewer.get(_SERVICES, params={"tier": "data", "after": first["next"]})
    assert 400 == other.status_code


def test_a_service_knows_who_calls_it(viewer: httpx.Client) -> None:
    """The detail has all that the file says, and the arrows that come in."""
    cache = viewer.get(f"{_SERVICES}/cache").json()
    assert ["authz", "backend"] == cache["called_by"]
    assert "platform.yaml:65" == cache["source"]


@pytest.mark.parametrize("name", ["nobody", "BACKEND", "a%00b", "..%2f", "x" * 200, "%F0%9F"])
def test_a_service_that_is_not_there(viewer: httpx.Client, name: str) -> None:
    """Whatever the name, the answer is a problem document and never a fault of ours."""
    answer = viewer.get(f"{_SERVICES}/{name}")
    assert answer.status_code in (400, 404)
    assert "application/problem+json" == answer.headers["content-type"]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "tier=cloud", "colour=red", "limit=1&limit=2", "q=%00",
     "q=%FF", "after=", "tier="],
)  # fmt: skip
def test_a_wrong_query_names_its_parameter(viewer: httpx.Client, query: str) -> None:
    """Unknown, doubled or unreadable parameters are refused, never ignored."""
    answer = viewer.get(f"{_SERVICES}?{query}")
    assert (400, "invalid_request") == (answer.status_code, answer.json()["code"])


async def test_an_annotation_lives(
    stack: Any, viewer: httpx.Client, operator: httpx.Client
) -> None:
    """Created, listed, replaced and deleted, it is read as written at once, each time audited."""
    body = {"key": "link", "value": "runbook", "url": "https://docs.example/backend"}
    created = operator.post(_ANNOTATIONS, json=body).json()
    assert "operator@groundplan.example" == created["created_by"]
    assert created in viewer.get(_ANNOTATIONS).json()["items"]
    place = f"{_ONE}/{created['id']}"
    assert created == viewer.get(place).json()
    changed = operator.put(place, json={"key": "owner", "value": "team two"}).json()
    assert ("owner", "team two", None) == (changed["key"], changed["value"], changed["url"])
    assert changed == viewer.get(place).json()
    assert 204 == operator.delete(place).status_code
    assert 404 == viewer.get(place).status_code
    assert created["id"] not in str(viewer.get(_ANNOTATIONS).json())
    rows = await stack.fetch(
        "SELECT action FROM audit_event WHERE target = $1 ORDER BY id", created["id"]
    )
    actions = [row["action"] for row in rows]
    assert ["annotation.create", "annotation.update", "annotation.delete"] == actions


def test_a_write_is_seen_through_every_replica(
    stack: Any, replica: Any, operator: httpx.Client
) -> None:
    """One replica's write makes the cached answers of all replicas old."""
    other = stack.replica()
    with other.client(dict(operator.headers)) as elsewhere:
        for number in range(5):
            elsewhere.get(_ANNOTATIONS)
            body = {"key": "note", "value": f"seen {number}"}
            created = operator.post(_ANNOTATIONS, json=body).json()
            assert created in elsewhere.get(_ANNOTATIONS).json()["items"]


def test_pages_of_annotations_follow_one_another(operator: httpx.Client) -> None:
    """Oldest first, none twice, none left out."""
    place = f"{_SERVICES}/gateway/annotations"
    made = [
        operator.post(place, json={"key": "note", "value": str(number)}).json()["id"]
        for number in range(5)
    ]
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = operator.get(place, params={"limit": "2", **after}).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert made == seen


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"key": "note"}, "value"),
        ({"key": "colour", "value": "x"}, "key"),
        ({"key": "note", "value": ""}, "value"),
        ({"key": "note", "value": "a\x00b"}, "value"),
        ({"key": "note", "value": "x" * 501}, "value"),
        ({"key": "link", "value": "x", "url": "javascript:alert(1)"}, "url"),
        ({"key": "note", "value": "x", "created_by": "somebody"}, "created_by"),
        ({"key": "note", "value": 7}, "value"),
    ],
)
def test_a_wrong_annotation_names_its_field(
    operator: httpx.Client, body: dict[str, Any], path: str
) -> None:
    """Unknown fields and broken limits are told with their path."""
    answer = operator.post(_ANNOTATIONS, json=body)
    assert (400, path) == (answer.status_code, answer.json()["errors"][0]["path"])


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_request"),
        (b'{"key":"note","value":"\\ud800"}', "application/json", 400, "invalid_request"),
        (b"\xff", "application/json", 400, "invalid_request"),
        (b"", "application/json", 400, "invalid_request"),
        (b"key=note", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"x" * 1_100_000, "application/json", 413, "payload_too_large"),
    ],
)
def test_a_body_that_is_no_json(
    operator: httpx.Client, content: bytes, media_type: str, status: int, code: str
) -> None:
    """Malformed, mislabelled or oversized bodies keep their own status."""
    answer = operator.post(_ANNOTATIONS, content=content, headers={"content-type": media_type})
    assert (status, code) == (answer.status_code, answer.json()["code"])


def test_viewers_change_nothing(viewer: httpx.Client) -> None:
    """A viewer may read and no more."""
    one = f"{_ONE}/{uuid.uuid4()}"
    answers = [
        viewer.post(_ANNOTATIONS, json={"key": "note", "value": "x"}),
        viewer.put(one, json={"key": "note", "value": "x"}),
        viewer.delete(one),
    ]
    assert [403, 403, 403] == [answer.status_code for answer in answers]


def test_a_repeated_annotation_is_made_once(operator: httpx.Client) -> None:
    """The same key and body get the same answer; another body is refused."""
    headers = {"idempotency-key": "annotate-once"}
    body = {"key": "on-call", "value": "team one"}
    first = operator.post(_ANNOTATIONS, json=body, headers=headers)
    again = operator.post(_ANNOTATIONS, json=body, headers=headers)
    assert (201, first.content) == (again.status_code, again.content)
    other = operator.post(_ANNOTATIONS, json={**body, "value": "two"}, headers=headers)
    assert 422 == other.status_code
    bad = operator.post(_ANNOTATIONS, json=body, headers={"idempotency-key": "x" * 256})
    assert 400 == bad.status_code


def test_a_crowd_that_meets_an_old_entry_rebuilds_it_together(operator: httpx.Client) -> None:
    """Of many readers of an invalidated list the first rebuild it, the others find it."""
    operator.post(_ANNOTATIONS, json={"key": "note", "value": "invalidates"})

    def read(_: int) -> str:
        return str(operator.get(_ANNOTATIONS).headers["cache-status"])

    with ThreadPoolExecutor(20) as threads:
        statuses = list(threads.map(read, range(60)))
    assert "groundplan; fwd=miss" in statuses
    assert 30 <= sum("hit" in status for status in statuses)
    metrics = operator.get("/metrics").text
    assert 'cache_reads_total{outcome="hit"}' in metrics


def test_state_is_unknown_without_a_file(stack: Any, viewer: httpx.Client) -> None:
    """No report is not an error; a report shows components and hides paths and credentials."""
    file = stack.folder / "state.json"
    unknown = viewer.get("/api/v1/catalog/state").json()
    assert {"state": "unknown", "updated_at": None, "components": []} == unknown
    component = {
        "name": "backend", "replica": 1, "kind": "backend", "state": "ready", "pid": 7,
        "port": 8000, "restarts": 0, "started_at": "2026-01-01T00:00:00Z", "detail": "",
        "log": [],
    }  # fmt: skip
    report = {
        "platform": "groundplan", "state": "ready", "components": [component],
        "credentials_file": "/secret/place", "data": "/secret/data",
    }  # fmt: skip
    file.write_text(json.dumps(report))
    answer = viewer.get("/api/v1/catalog/state")
    assert ("ready", [component]) == (answer.json()["state"], answer.json()["components"])
    assert "secret" not in answer.text
    file.write_text("{ half a rep")
    assert "unknown" == viewer.get("/api/v1/catalog/state").json()["state"]


def test_a_new_catalog_file_replaces_the_old(stack: Any, replica: Any, until: Any) -> None:
    """A replica that starts with another file makes the catalog exactly that file."""
    catalog = json.loads((stack.folder / "catalog.json").read_text())
    catalog["components"] = [one for one in catalog["components"] if one["name"] != "authz"]
    file = stack.folder / "smaller.json"
    file.write_text(json.dumps(catalog))
    smaller = stack.replica(CATALOG_FILE=str(file))
    with smaller.client(smaller.as_caller("viewer", "someone")) as client:
        until(lambda: client.get(f"{_SERVICES}/authz").status_code == 404)
