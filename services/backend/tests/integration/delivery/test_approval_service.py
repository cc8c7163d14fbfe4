"""Environments that ask for approvals get them from somebody else than the requester."""

from typing import Any

import pytest


def _decide(
    desk: Any, name: str, deployment: str, decision: str = "approve", **headers: str
) -> Any:
    path = f"/deployments/{deployment}/approvals"
    return desk.post(name, path, {"decision": decision, "note": "seen"}, **headers)


def test_another_persons_approval_makes_it_planned(desk: Any) -> None:
    """Nothing can begin before; after it, the deployment may be taken."""
    made = desk.deployment("prod")["id"]
    assert "awaiting_approval" == desk.get("vic", f"/deployments/{made}")["state"]
    assert desk.take("prod") is None
    refused = desk.step(made, "planned", "applying")
    assert (409, "illegal_transition") == (refused.status_code, refused.json()["code"])
    answer = _decide(desk, "ben", made)
    assert 200 == answer.status_code, answer.text
    shown = answer.json()
    assert ("planned", 1) == (shown["state"], shown["approved"])
    assert ["ben@groundplan.example"] == [one["by"] for one in shown["approvals"]]
    assert made == desk.take("prod")["deployment"]["id"]


def test_the_requester_never_counts(desk: Any) -> None:
    """Ada cannot approve, nor reject, what Ada has requested."""
    made = desk.deployment("prod")["id"]
    for decision in ("approve", "reject"):
        answer = _decide(desk, "ada", made, decision)
        assert (403, "own_request") == (answer.status_code, answer.json()["code"])
    assert 0 == desk.get("vic", f"/deployments/{made}")["approved"]


def test_two_approvals_are_two_people(desk: Any) -> None:
    """The same person twice counts once."""
    made = desk.deployment("twice")["id"]
    assert ["awaiting_approval"] * 2 == [
        _decide(desk, "ben", made).json()["state"] for _ in range(2)
    ]
    assert "planned" == _decide(desk, "eve", made).json()["state"]


def test_a_rejection_ends_it(desk: Any) -> None:
    """A rejected deployment has failed, with the note as its reason."""
    made = desk.deployment("prod")["id"]
    shown = _decide(desk, "ben", made, "reject").json()
    assert ("failed", "seen") == (shown["state"], shown["reason"])
    again = _decide(desk, "eve", made)
    assert (409, "illegal_transition") == (again.status_code, again.json()["code"])


def test_viewers_decide_nothing(desk: Any) -> None:
    """The role is asked for before anything else."""
    made = desk.deployment("prod")["id"]
    assert 403 == _decide(desk, "vic", made).status_code


@pytest.mark.parametrize(("version", "status"), [('"7"', 412), ('"1"', 200), ("*", 200)])
def test_a_decision_is_on_the_version_that_was_seen(desk: Any, version: str, status: int) -> None:
    """`If-Match` with another version refuses."""
    made = desk.deployment("prod")["id"]
    assert status == _decide(desk, "ben", made, if_match=version).status_code


def test_tokens_approve_nothing(desk: Any) -> None:
    """An API token, whatever its scope, is no pair of eyes."""
    made = desk.deployment("prod")["id"]
    headers = {
        "x_groundplan_scope": "delivery:read delivery:write",
        "x_groundplan_session": "token_1",
    }
    answer = _decide(desk, "ben", made, **headers)
    assert (403, "insufficient_scope") == (answer.status_code, answer.json()["code"])
