"""Telemetry that is there and that is off, and the runbooks; `test_outage.py` has it down."""

import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest

Get = Callable[..., httpx.Response]


def test_the_state_tells_who_answers_and_who_is_silent(get: Get, until: Any) -> None:
    """With what is kept, and with the replica that should be measured and is not."""
    until(lambda: get("state").json()["silent"])
    state = get("state").json()
    kinds = {one["signal"]: (one["kind"], one["state"]) for one in state["signals"]}
    assert {
        "metrics": ("prometheus", "up"),
        "traces": ("store", "up"),
        "logs": ("store", "up"),
    } == kinds
    assert ["gone-1"] == state["silent"]
    assert {"traces", "logs", "metrics"} <= {one["signal"] for one in state["kept"]}


def test_what_is_off_is_not_found(replica: Any, paths: tuple[str, ...]) -> None:
    """404 with a code of its own, and the state says that nothing is set up."""
    with replica.client(replica.as_caller("viewer", str(uuid.uuid4()))) as client:
        for path in paths:
            answer = client.get(f"/api/v1/telemetry/{path}")
            assert (404, "telemetry_off") == (answer.status_code, answer.json()["code"]), path
        state = client.get("/api/v1/telemetry/state").json()
    assert ["off"] * 3 == [one["state"] for one in state["signals"]]


@pytest.fixture(scope="module")
def replica(lasting_stack: Any) -> Any:
    """A replica that was told of no telemetry."""
    return lasting_stack.replica()


def test_runbooks_are_read_without_telemetry(replica: Any) -> None:
    """They are needed most when nothing else answers; what is none is not found."""
    with replica.client(replica.as_caller("viewer", str(uuid.uuid4()))) as client:
        page = client.get("/api/v1/telemetry/runbooks").json()
        for one in page["items"]:
            found = client.get(f"/api/v1/telemetry/runbooks/{one['name']}").json()
            assert (one["title"], True) == (found["title"], found["text"] != "")
        assert 404 == client.get("/api/v1/telemetry/runbooks/NoSuchThing").status_code
