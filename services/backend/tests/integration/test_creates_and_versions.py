"""Creates may be sent twice, and changes may ask for a version: read from what is declared.

Every create takes an `Idempotency-Key` and every change of a single thing an `If-Match`, unless
a reason stands here; each that takes one is tried.
"""

import uuid
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from groundplan_backend.app import PUBLISHED
from groundplan_backend.errors import PreconditionFailed
from groundplan_backend.http.operation import Operation, handlers_of

_DECLARED: dict[str, Operation] = {
    handler.__name__: operation
    for controller in PUBLISHED
    for operation, handler in handlers_of(controller)
}

NO_KEY = {
    "confirm_code_generator": "answers a challenge, which is good once",
    "confirm_passkey": "answers a challenge, which is good once",
    "accept_invitation": "answers a link, which is good once, from somebody without an account",
    "link_artifact": "keeps nothing: a link is signed, and another one does no harm",
}
"""Creates without a key, and why sending them twice makes nothing twice."""

NO_VERSION = {
    "delete_session": "a session has nothing that is changed; ending it twice is ending it",
    "delete_other_sessions": "no single thing",
    "delete_user_sessions": "no single thing",
    "delete_user_session": "as delete_session",
    "rename_factor": "one's own word, and the last one counts",
    "delete_factor": "who removes it means it, whatever it is called; behind a fresh proof",
    "reset_factors": "no single thing",
    "revoke_invitation": "an invitation is open or not, and 409 says that it is not",
    "delete_service_identity": "has no version: name and role never change",
    "revoke_token": "a token never changes; revoking it twice is revoking it",
    "revoke_user_token": "as revoke_token",
    "revoke_service_token": "as revoke_token",
    "unlink_oidc": "a link is there or not",
    "send_part": "named by number and digest; a part that is there is answered, not replaced",
    "abandon_upload": "its parts only become more; whoever gives it up means all of them",
    "keep_artifact": "one date, and the last one counts",
    "delete_artifact": "the content of an artifact never changes",
    "renew_lease": "the lease in the body is the version",
}
"""Changes without `If-Match`, and why nobody's change is lost."""


def _creates(operation: Operation) -> bool:
    return operation.method == "POST" and operation.status == 201


def _changes(operation: Operation) -> bool:
    return operation.method in ("PUT", "PATCH", "DELETE")


def _asks_for_a_version(operation: Operation) -> bool:
    return "If-Match" in operation.reads and PreconditionFailed in operation.errors


def test_every_create_takes_a_key_or_says_why_not() -> None:
    """A new create without either fails, and so does a reason that is no longer needed."""
    without = {name for name, one in _DECLARED.items() if _creates(one) and not one.idempotent}
    assert set(NO_KEY) == without


def test_every_change_takes_a_version_or_says_why_not() -> None:
    """A new change without either fails, and so does a reason that is no longer needed."""
    changes = {name: one for name, one in _DECLARED.items() if _changes(one)}
    without = {name for name, one in changes.items() if not _asks_for_a_version(one)}
    assert set(NO_VERSION) == without


@dataclass
class Ground:
    """Two replicas, an administrator who has just proven himself, and what creates need."""

    first: httpx.Client
    second: httpx.Client
    release: dict[str, Any]
    service: str

    def path(self, name: str) -> str:
        """Return an operation's path with what is there put in."""
        places = {
            "{name:str}": "backend",
            "{service:uuid}": self.service,
        }
        path = _DECLARED[name].path
        for form, value in places.items():
            path = path.replace(form, value)
        return path

    def bodies(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a body that makes something, and another one for the same key."""
        ours = f"a{uuid.uuid4().hex[:10]}"
        address = f"{ours}@groundplan.example"
        token = {"name": ours, "scopes": ["catalog:read"]}
        forms: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
            "create_user": (
                {"email": address, "role": "viewer", "password": "nine yellow lamps ahead"},
                {"role": "operator"},
            ),
            "create_invitation": ({"email": address, "role": "viewer"}, {"role": "operator"}),
            "create_service_identity": ({"name": ours, "role": "viewer"}, {"role": "operator"}),
            "create_token": (token, {"name": "other"}),
            "create_service_token": (token, {"name": "other"}),
            "create_annotation": ({"key": "note", "value": ours}, {"value": "other"}),
            "create_upload": ({"name": f"{ours}.txt", "size": 5}, {"size": 6}),
            "create_release": ({**self.release, "version": ours}, {"built_by": "other"}),
            "create_deployment": (
                {"environment": "local", "kind": "infrastructure", "note": ours},
                {"note": "other"},
            ),
            "create_webhook": (
                {"url": f"https://example.com/{ours}"},
                {"url": "https://example.com/other"},
            ),
            "create_channel": (
                {"name": ours, "kind": "mail", "target": address},
                {"target": "other@groundplan.example"},
            ),
        }
        body, other = forms[name]
        return body, {**body, **other}


@pytest.fixture(scope="module")
def ground(stack: Any) -> Any:
    """The ground, in a database of its own."""
    first, second = stack.replica(), stack.replica()
    headers = first.signed_in("administrator@groundplan.example")
    with first.client(headers) as one, second.client(headers) as other:
        release = {
            "service": "backend",
            "version": "1",
            "digest": "sha256:" + "a" * 64,
            "built_by": "a test",
            "built_at": "2030-01-01T00:00:00Z",
        }
        made = one.post(
            "/api/v1/identity/service-identities", json={"name": "agent", "role": "viewer"}
        )
        assert made.status_code == 201, made.text
        yield Ground(one, other, release, made.json()["id"])


_IDEMPOTENT = sorted(name for name, one in _DECLARED.items() if one.idempotent)
_NEEDS_MORE = {
    "roll_back_deployment": "a deployment that is live, which its own tests have",
    "note_incident": "an incident, which its own tests have",
}


@pytest.mark.parametrize("name", [name for name in _IDEMPOTENT if name not in _NEEDS_MORE])
def test_a_create_that_comes_twice_makes_one_thing(ground: Ground, name: str) -> None:
    """The second answer is the first, whichever replica gives it; another body is refused."""
    body, other = ground.bodies(name)
    assert body != other
    path, headers = ground.path(name), {"idempotency-key": uuid.uuid4().hex}
    first = ground.first.post(path, json=body, headers=headers)
    assert 201 == first.status_code, first.text
    again = ground.second.post(path, json=body, headers=headers)
    assert (201, first.json()) == (again.status_code, again.json())
    refused = ground.second.post(path, json=other, headers=headers)
    assert (422, "idempotency_key_reused") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v1/catalog/services/nothing/annotations", {"key": "note", "value": "a"}, 404),
        (
            "/api/v1/identity/users",
            {
                "email": "administrator@groundplan.example",
                "role": "viewer",
                "password": "nine yellow lamps ahead",
            },
            409,
        ),
        ("/api/v1/identity/service-identities", {"name": "agent", "role": "viewer"}, 409),
        (f"/api/v1/delivery/deployments/{uuid.UUID(int=0)}/rollbacks", {"note": ""}, 404),
    ],
)
async def test_a_create_that_fails_leaves_no_key(
    ground: Ground, stack: Any, path: str, body: dict[str, Any], status: int
) -> None:
    """The key is free for the next try, with whatever body."""
    key = uuid.uuid4().hex
    answer = ground.first.post(path, json=body, headers={"idempotency-key": key})
    assert status == answer.status_code, answer.text
    assert [] == await stack.fetch("SELECT FROM idempotency_key WHERE key = $1", key)


def _webhook(client: httpx.Client) -> str:
    body = {"url": f"https://example.com/{uuid.uuid4().hex}"}
    return f"/api/v1/delivery/webhooks/{_made(client, '/api/v1/delivery/webhooks', body)}"


def _channel(client: httpx.Client) -> str:
    body = {"name": f"c{uuid.uuid4().hex[:10]}", "kind": "mail", "target": "a@b.example"}
    return f"/api/v1/incidents/channels/{_made(client, '/api/v1/incidents/channels', body)}"


def _annotation(client: httpx.Client) -> str:
    path = "/api/v1/catalog/services/backend/annotations"
    return f"/api/v1/catalog/annotations/{_made(client, path, {'key': 'note', 'value': 'a'})}"


def _user(client: httpx.Client) -> str:
    email = f"{uuid.uuid4().hex[:8]}@groundplan.example"
    body = {"email": email, "role": "viewer", "password": "nine yellow lamps ahead"}
    return f"/api/v1/identity/users/{_made(client, '/api/v1/identity/users', body)}"


def _made(client: httpx.Client, path: str, body: dict[str, Any]) -> str:
    answer = client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    return str(found.get("id") or found["user"]["id"])


_CHANGES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "update_user": (_user, "PATCH", {"role": "operator"}),
    "update_annotation": (_annotation, "PUT", {"key": "note", "value": "b"}),
    "update_webhook": (_webhook, "PATCH", {"enabled": False}),
    "update_channel": (_channel, "PATCH", {"enabled": False}),
}
_DELETES = {
    "delete_user": "update_user",
    "delete_annotation": "update_annotation",
    "delete_webhook": "update_webhook",
    "delete_channel": "update_channel",
}


def test_every_change_that_takes_a_version_is_tried() -> None:
    """One that is declared and not tried below fails here."""
    tried = {*_CHANGES, *_DELETES}
    assert tried == {
        name for name, one in _DECLARED.items() if _changes(one) and _asks_for_a_version(one)
    }


@pytest.mark.parametrize("name", sorted(_CHANGES))
def test_a_change_of_an_old_version_is_refused(ground: Ground, name: str) -> None:
    """Of two who saw the same version one changes it; the other reads again, then it works."""
    make, method, body = _CHANGES[name]
    path = make(ground.first)
    seen = ground.first.get(path, headers={"cache-control": "no-cache"}).headers["etag"]
    changed = ground.first.request(method, path, json=body, headers={"if-match": seen})
    assert 200 == changed.status_code, changed.text
    late = ground.second.request(method, path, json=body, headers={"if-match": seen})
    assert (412, "precondition_failed") == (late.status_code, late.json()["code"])
    read = ground.second.get(path, headers={"cache-control": "no-cache"}).headers["etag"]
    assert changed.headers["etag"] == read != seen
    again = ground.second.request(method, path, json=body, headers={"if-match": read})
    assert 200 == again.status_code
    unasked = ground.second.request(method, path, json=body)
    assert 200 == unasked.status_code


@pytest.mark.parametrize("name", sorted(_DELETES))
def test_what_was_changed_since_is_not_deleted(ground: Ground, name: str) -> None:
    """A delete may ask for the version that its sender has seen."""
    path = _CHANGES[_DELETES[name]][0](ground.first)
    seen = ground.first.get(path, headers={"cache-control": "no-cache"}).headers["etag"]
    late = ground.second.delete(path, headers={"if-match": '"other"'})
    assert (412, "precondition_failed") == (late.status_code, late.json()["code"])
    assert 204 == ground.second.delete(path, headers={"if-match": seen}).status_code
