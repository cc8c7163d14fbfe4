"""Traces and logs are one room: what comes in by any way is found, and the figures agree."""

import asyncio
import json

import pytest

from groundplan_telemetry.http.routing import Router
from groundplan_telemetry.intake import room
from groundplan_telemetry.settings import Listen, LogFile, Settings
from groundplan_telemetry.state import State


@pytest.fixture
def settings(tmp_path, key_file):
    """Return settings that follow one log."""
    told = LogFile(service="backend", replica="backend-1", path=str(tmp_path / "a.log"))
    folder = str(tmp_path / "telemetry")
    return Settings(listen=Listen(port=1), folder=folder, key_file=str(key_file), logs=(told,))


@pytest.fixture
async def intake(settings):
    """Return a room at work."""
    state = State(settings)
    made = room.make(state)
    await made.start()
    yield made
    await made.close()
    state.close()


@pytest.fixture
def ask(intake, request_of):
    """Return what asks the room, and returns the answer's JSON."""
    router = Router(intake.routes())

    async def asked(method, path, query="", body=b"", **told):
        found = router.find(method, path)
        request = request_of(method, path, query, body, found.parts, **told)
        return json.loads((await found.route.handler(request)).body)

    return asked


async def until(asked, path):
    """Ask until there is something, two seconds at the most."""
    for _ in range(100):
        if items := (await asked("GET", path))["items"]:
            return items
        await asyncio.sleep(0.02)
    raise AssertionError(f"nothing at {path} within 2 s")


async def test_what_is_sent_and_what_is_logged_is_found_within_two_seconds(
    ask, intake, otlp_spans, tmp_path
):
    """Both ways in lead to the searches, and the figures say what is kept."""
    await ask("POST", "/v1/traces", body=otlp_spans({}), content_type="application/json")
    (tmp_path / "a.log").write_text('{"message": "hello"}\n')
    assert "GET /api/v1/me" == (await until(ask, "/traces"))[0]["name"]
    assert "hello" == (await until(ask, "/logs"))[0]["message"]
    assert [1, 1] == [intake.state()[signal]["records"] for signal in ("traces", "logs")]
    kept = next(each for each in intake.figures() if each.name.endswith("kept_records"))
    assert {"traces": 1.0, "logs": 1.0} == {s.labels["signal"]: s.value for s in kept.samples}


async def test_an_empty_room_says_so(intake):
    """Nothing is older than nothing."""
    assert {"records": 0, "oldest": None, "waiting": 0}.items() <= intake.state()["logs"].items()
    assert all(each.samples for each in intake.figures())
