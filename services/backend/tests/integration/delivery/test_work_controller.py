"""Who may carry deployments out, and what is answered."""

import uuid
from typing import Any


def test_viewers_carry_out_nothing(desk: Any) -> None:
    """Neither work nor reports are theirs."""
    made = desk.deployment("dev")["id"]
    assert 403 == desk.post("vic", "/work", {}).status_code
    for what in ("transitions", "progress"):
        assert 403 == desk.post("vic", f"/deployments/{made}/{what}", {}).status_code


def test_reports_on_what_there_is_not_are_not_found(desk: Any) -> None:
    """A lease of an unknown deployment is no one's."""
    missing = f"/deployments/{uuid.uuid4()}"
    step = {"expected": "planned", "to": "applying"}
    assert 404 == desk.post("ada", f"{missing}/transitions", step).status_code
    assert 404 == desk.post("ada", f"{missing}/progress", {"message": "x"}).status_code
    with desk.as_("ada") as client:
        answer = client.put(f"{missing}/lease", json={"lease": str(uuid.uuid4())})
    assert (409, "lease_lost") == (answer.status_code, answer.json()["code"])


def test_a_step_is_of_the_version_that_was_seen(desk: Any) -> None:
    """`If-Match` with another version refuses, and the state stays."""
    made = desk.deployment("dev")["id"]
    body = {"expected": "planned", "to": "applying"}
    path = f"/deployments/{made}/transitions"
    refused = desk.post("ada", path, body, if_match='"9"')
    assert (412, "precondition_failed") == (refused.status_code, refused.json()["code"])
    assert "planned" == desk.get("vic", f"/deployments/{made}")["state"]


def test_nothing_to_do_is_an_answer(desk: Any) -> None:
    """An environment without deployments, or that nobody knows, has no work."""
    assert desk.take("nowhere") is None
