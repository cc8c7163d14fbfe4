"""Alerts and lines on the running platform, through every tier."""

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from patient import patient
from stack import People, Stack

_ALERTS = "/api/v1/incidents/alertmanager"
_PAUSES = (0, 0, 2, 5, 10)
"""Seconds before each request, so that no slow spell of the machine takes them all."""
_TIERS = {"frontend", "gateway", "authz", "backend"}


@pytest.fixture
def operator(ready: Stack, signed_in: People) -> Iterator[httpx.Client]:
    """A client of an operator."""
    headers = signed_in.headers("operator")
    with patient(ready.url, headers=headers) as client:
        yield client


def _notice(name: str, status: str = "firing") -> dict[str, Any]:
    alert = {
        "status": status,
        "labels": {"alertname": name, "service": "cache", "severity": "ticket"},
        "annotations": {"summary": "a drill", "runbook": "docs/runbooks/CacheDown.md"},
        "startsAt": "2026-11-23T06:15:14Z",
        "endsAt": "2026-11-23T06:20:00Z" if status == "resolved" else "0001-01-01T00:00:00Z",
    }
    return {"version": "4", "status": status, "alerts": [alert]}


def test_an_alert_becomes_an_incident(ready: Stack, operator: httpx.Client) -> None:
    """With the key that the store has and no session; it is taken on and ends with its alert."""
    data, name = Path(ready.status()["data"]), f"Drill{uuid.uuid4().hex[:8]}"
    key = (data / "config" / "secrets" / "telemetry.alert-key").read_text()
    headers = {"authorization": f"Bearer {key}"}
    sent = httpx.post(ready.url + _ALERTS, json=_notice(name), headers=headers, timeout=15)
    assert 202 == sent.status_code
    (found,) = operator.get(f"/api/v1/incidents?alertname={name}").json()["items"]
    path = f"/api/v1/incidents/{found['id']}"
    assert "acknowledged" == operator.post(f"{path}/acknowledgements").json()["state"]
    assert "# " in operator.get(f"/api/v1/telemetry/runbooks/{found['runbook']}").json()["text"]
    httpx.post(ready.url + _ALERTS, json=_notice(name, "resolved"), headers=headers, timeout=15)
    assert "resolved" == operator.get(path).json()["state"]


def test_nothing_else_opens_the_door(ready: Stack, operator: httpx.Client) -> None:
    """Neither a wrong key nor a session."""
    body = _notice("Forged")
    wrong = httpx.post(
        ready.url + _ALERTS, json=body, headers={"authorization": "Bearer 00"}, timeout=15
    )
    for answer in (wrong, operator.post(_ALERTS, json=body)):
        assert (401, "invalid_key") == (answer.status_code, answer.json()["code"])
    assert [] == operator.get("/api/v1/incidents?alertname=Forged").json()["items"]


def test_lines_are_followed_through_every_tier(ready: Stack, operator: httpx.Client) -> None:
    """A request that is made while somebody looks is seen within seconds, and not buffered."""
    mark = uuid.uuid4().hex[:12]
    path = "/api/v1/telemetry/logs/follow?service=backend"
    with operator.stream("GET", path) as answer:
        assert "text/event-stream" == answer.headers["content-type"]
        lines = answer.iter_lines()
        assert "retry: 2000" == next(lines)
        operator.get(f"/api/v1/catalog/services/{mark}")
        deadline = time.monotonic() + 10
        for text in lines:
            if text.startswith("data: {") and mark in json.dumps(json.loads(text[6:])):
                break
            assert time.monotonic() < deadline


def _services_of(operator: httpx.Client, trace: str) -> set[str]:
    answer = operator.get(f"/api/v1/telemetry/traces/{trace}")
    spans = answer.json()["spans"] if answer.status_code == 200 else []
    return {span["service"] for span in spans}


def _lines_of(operator: httpx.Client, trace: str) -> list[Any]:
    answer = operator.get(f"/api/v1/telemetry/logs?trace_id={trace}")
    return list(answer.json()["items"]) if answer.status_code == 200 else []


def _is_whole(operator: httpx.Client, pause: float) -> bool:
    """Make a request; say whether its trace has a span of every tier, and lines, in time."""
    time.sleep(pause)
    trace = uuid.uuid4().hex
    headers = {
        "traceparent": f"00-{trace}-{uuid.uuid4().hex[:16]}-01",
        "sec-fetch-site": "same-origin",
        "cache-control": "no-cache",
    }
    assert 200 == operator.get("/api/v1/catalog/services?limit=7", headers=headers).status_code
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if _TIERS <= _services_of(operator, trace) and _lines_of(operator, trace):
            return True
        time.sleep(0.1)
    return False


def test_a_request_is_one_trace_within_two_seconds(operator: httpx.Client) -> None:
    """With spans of every tier and lines that name it; one of five, for machines do more."""
    assert any(_is_whole(operator, pause) for pause in _PAUSES)
