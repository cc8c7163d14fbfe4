"""The start of the platform is a trace, and a crash of a replica one of its own."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from signals import Store
from stack import Stack

REGISTRY = yaml.safe_load(
    (Path(__file__).parents[2] / "services/contracts/signals.yaml").read_text()
)
SERVICE = "groundplan"
WITHIN = 60.0
"""Seconds until a trace of a restart is found."""


@pytest.fixture
def store(ready: Stack) -> Store:
    """The store of the running platform."""
    return Store(ready)


def started(store: Store) -> list[dict[str, Any]]:
    """Return the spans of the first start, which made everything; other tests start again."""
    found = store.get("/traces", service=SERVICE, operation="up")["items"]
    assert found
    return store.spans(str(found[-1]["trace_id"]))


def test_a_start_is_one_trace(ready: Stack, store: Store) -> None:
    """Below `up` stand its phases and every replica, each within its parent's time."""
    spans = started(store)
    (root,) = [each for each in spans if not each["parent_id"]]
    assert ("up", "ok", {SERVICE}) == (
        root["name"],
        root["status"],
        {each["service"] for each in spans},
    )
    names = {each["name"] for each in spans}
    replicas = {f"start {each['name']}-{each['replica']}" for each in ready.status()["components"]}
    phases = {"load", "check", "secrets", "ports", "render", "gate data", "find postgres"}
    # Replicas that nobody waits for may come after the start has ended.
    assert replicas | phases <= names | {"start telemetry-1"}
    known = {each["span_id"]: each for each in spans}
    for span in spans:
        if span["parent_id"]:
            assert known[span["parent_id"]]["start"] <= span["start"]


def test_it_says_what_waited_for_what(store: Store) -> None:
    """The backend's way shows its wait for the migration, and its process."""
    spans = started(store)
    (backend,) = [each for each in spans if each["name"] == "start backend-1"]
    below = {each["name"] for each in spans if each["parent_id"] == backend["span_id"]}
    assert {"wait migrate-backend", "attempt"} <= below
    assert ("backend", 1) == (
        backend["attributes"]["groundplan.component"],
        int(backend["attributes"]["groundplan.replica"]),
    )


def test_attributes_are_listed(store: Store) -> None:
    """The registry knows every name."""
    listed = {
        name
        for told in REGISTRY["spans"].values()
        if SERVICE in told["emits"]
        for name in (*told.get("attributes", ()), *told.get("optional", ()))
    }
    found = {name for span in started(store) for name in span["attributes"]}
    assert set() == found - listed


def test_its_file_is_marked_as_sent(ready: Stack) -> None:
    """The data folder keeps it, as OTLP."""
    path = min((ready.data / "traces").glob("*-up-*.sent.json"))
    assert "resourceSpans" in json.loads(path.read_text())


def test_a_crash_is_a_trace_with_its_reason(ready: Stack, store: Store) -> None:
    """Killed, a replica is back, and its way back is found in the store."""
    # How a process ends is told to who started it, and others may have killed that supervisor.
    assert 0 == ready.run("restart", "authz-1").returncode
    at = datetime.now(UTC)
    pid = ready.kill("authz")
    until = time.monotonic() + WITHIN
    while not (found := _restarts(store, at)) and time.monotonic() < until:
        time.sleep(0.2)
    assert found, f"no trace tells of authz-1 after {pid}"
    root = next(each for each in store.spans(found[0]) if not each["parent_id"])
    assert "killed by SIGKILL" == root["attributes"]["groundplan.reason"]


def _restarts(store: Store, since: datetime) -> list[str]:
    """Return the traces of one replica's restarts since a moment; other tests leave some too."""
    found = store.get("/traces", service=SERVICE, operation="restart authz-1")["items"]
    return [
        str(each["trace_id"]) for each in found if datetime.fromisoformat(each["start"]) >= since
    ]
