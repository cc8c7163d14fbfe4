"""The room of metrics, as a whole."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.metrics import room
from groundplan_telemetry.metrics.room import Metrics
from groundplan_telemetry.settings import Exporter, Settings
from groundplan_telemetry.state import State

RULES = """
groups:
  - name: g
    interval: 200ms
    rules:
      - {record: loads, expr: count(node_load1)}
      - {alert: Always, expr: 'up == 1', labels: {severity: ticket}}
"""


@pytest.fixture
async def state(settings: Settings, tmp_path: Path) -> AsyncIterator[State]:
    """Return a state that collects from this machine, with a good rule file and a bad one."""
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "bad.yaml").write_text("groups: [{}]")
    host = Exporter(job="node", instance="node-1", folder=str(tmp_path), interval=0.2)
    files = (str(tmp_path / "bad.yaml"), str(tmp_path / "rules.yaml"))
    made = State(msgspec.structs.replace(settings, host=host, rules=files))
    yield made
    made.close()


@pytest.fixture
async def metrics(state: State) -> AsyncIterator[Metrics]:
    """Return the room, at work."""
    made = room.make(state)
    await made.start()
    yield made
    await made.close()


async def test_metrics_go_all_the_way(
    metrics: Metrics, request_of: Callable[..., Request]
) -> None:
    """What is collected is asked for, recorded, judged and shown, past a bad rule file."""
    routes = {each.path: each for each in metrics.routes() if each.method == "GET"}

    async def ask(path: str, query: str = "") -> Any:
        answer = await routes[path].handler(request_of("GET", path, query))
        return msgspec.json.decode(answer.body)["data"]

    async with asyncio.timeout(8):
        while not (await ask("/api/v1/query", "query=loads"))["result"]:
            await asyncio.sleep(0.05)
        while not (await ask("/api/v1/alerts"))["alerts"]:
            await asyncio.sleep(0.05)
    (target,) = (await ask("/api/v1/targets"))["activeTargets"]
    assert ("up", "node") == (target["health"], target["scrapePool"])
    (group,) = (await ask("/api/v1/rules", "type=alert"))["groups"]
    assert ["Always"] == [rule["name"] for rule in group["rules"]]
    assert {} == await ask("/api/v1/metadata")
    said = await routes["/exporters/{instance}"].handler(
        request_of("GET", "/x", parts={"instance": "node-1"})
    )
    assert b"node_load1 " in said.body
    with pytest.raises(Refused, match="No exporter here"):
        await routes["/exporters/{instance}"].handler(
            request_of("GET", "/x", parts={"instance": "other-1"})
        )
    figures = {each.name for each in metrics.figures()}
    assert "groundplan_telemetry_scrape_up" in figures
    assert metrics.state()["metrics"]["series"] > 20


async def test_a_room_comes_back_with_its_samples(state: State) -> None:
    """What one room had taken in, the next one has."""
    one = room.make(state)
    await one.start()
    async with asyncio.timeout(5):
        while not one.state()["metrics"]["series"]:
            await asyncio.sleep(0.02)
    await one.close()
    two = room.make(state)
    assert two.state()["metrics"]["series"] > 20
    await two.close()
