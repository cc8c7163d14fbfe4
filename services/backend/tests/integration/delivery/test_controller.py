"""Who may do what with deployments, and what is answered."""

import uuid
from typing import Any

import pytest


def test_viewers_request_nothing(desk: Any) -> None:
    """A viewer's request is refused."""
    body = {"environment": "dev", "releases": [desk.release()]}
    assert 403 == desk.post("vic", "/deployments", body).status_code


@pytest.mark.parametrize("what", ["rollbacks", "approvals", "artifacts"])
def test_viewers_change_nothing(desk: Any, what: str) -> None:
    """Every change is refused to them before it is looked at."""
    made = desk.deployment("dev")["id"]
    assert 403 == desk.post("vic", f"/deployments/{made}/{what}", {}).status_code


def test_what_there_is_not_is_not_found(desk: Any) -> None:
    """Every path of an unknown deployment is 404."""
    missing = f"/deployments/{uuid.uuid4()}"
    with desk.as_("vic") as client:
        assert 404 == client.get(missing).status_code
    bodies = {
        "rollbacks": {},
        "approvals": {"decision": "approve"},
        "artifacts": {"artifact": str(uuid.uuid4()), "kind": "plan"},
    }
    for what, body in bodies.items():
        assert 404 == desk.post("ada", f"{missing}/{what}", body).status_code


def test_a_change_answers_the_new_version(desk: Any) -> None:
    """The ETag after a step is another than before."""
    made = desk.deployment("dev")["id"]
    moved = desk.step(made, "planned", "failed")
    assert ('"2"', 2) == (moved.headers["etag"], moved.json()["revision"])
