"""Releases, deployments and files are asked for as the contract wants them."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from groundplan.tools.backend import Backend, BackendError
from groundplan.tools.delivery import LEASE, Desk

UPLOAD = {"id": "u", "name": "plan.txt", "part_size": 4, "parts": 2, "state": "uploading"}


@pytest.fixture
def desk(groundplan: Any) -> Iterator[Desk]:
    """Return a desk at a Groundplan that answers as told."""
    with Backend(groundplan.url, "secret", nearby=True) as backend:
        yield Desk(backend)


def test_no_work_is_none(groundplan: Any, desk: Desk) -> None:
    """The question says for whom, for which services and for how long."""
    groundplan.answers["POST /delivery/work"] = {"work": None}
    assert desk.take("local", "runner", ["orders"]) is None
    asked = {"environment": "local", "agent": "runner", "services": ["orders"], "seconds": LEASE}
    assert [("POST /delivery/work", asked)] == groundplan.asked


def test_a_state_goes_with_the_lease_where_there_is_one(groundplan: Any, desk: Desk) -> None:
    """A workflow without a lease sends none, and long reasons are cut."""
    path = "POST /delivery/deployments/d/transitions"
    groundplan.answers[path] = {}
    desk.move("d", "applying", "failed", "x" * 600)
    desk.move("d", "applying", "live", "", "l")
    first, second = (body for _, body in groundplan.asked)
    assert ("x" * 500, False) == (first["reason"], "lease" in first)
    assert "l" == second["lease"]


def test_a_file_is_sent_in_parts_and_attached(groundplan: Any, desk: Desk) -> None:
    """Its digest is announced, its check is awaited, its id is attached."""
    groundplan.answers = {
        "POST /artifacts/uploads": (201, UPLOAD),
        "PUT /artifacts/uploads/u/parts/1": {},
        "PUT /artifacts/uploads/u/parts/2": {},
        "POST /artifacts/uploads/u/complete": (202, {**UPLOAD, "state": "checking"}),
        "GET /artifacts/uploads/u": {**UPLOAD, "state": "ready"},
        "POST /delivery/deployments/d/artifacts": {},
    }
    desk.attach("d", "plan.txt", "plan", b"abcdef")
    asked = dict(groundplan.asked)
    announced = asked["POST /artifacts/uploads"]
    assert hashlib.sha256(b"abcdef").hexdigest() == announced["sha256"]
    assert "deployment:d" == announced["subject"]
    parts = [asked[f"PUT /artifacts/uploads/u/parts/{number}"] for number in (1, 2)]
    assert [b"abcd", b"ef"] == parts
    attached = {"artifact": "u", "kind": "plan"}
    assert attached == asked["POST /delivery/deployments/d/artifacts"]


def test_a_file_that_is_refused_is_an_error(groundplan: Any, desk: Desk) -> None:
    """The reason of the refusal is told."""
    refused = {**UPLOAD, "state": "refused", "refusal": "it is a bomb"}
    groundplan.answers = {
        "POST /artifacts/uploads": (201, {**UPLOAD, "parts": 0}),
        "POST /artifacts/uploads/u/complete": refused,
    }
    with pytest.raises(BackendError, match=r"plan\.txt was not taken: it is a bomb"):
        desk.attach("d", "plan.txt", "plan", b"")
