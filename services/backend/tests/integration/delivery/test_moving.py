"""A step leaves its rows, its audit records and its events, or nothing of it all."""

import uuid
from typing import Any


async def _recorded(stack: Any, deployment: str) -> list[tuple[str, str]]:
    rows = await stack.fetch(
        "SELECT action, outcome FROM audit.event WHERE target = $1 ORDER BY at", deployment
    )
    return [(row["action"], row["outcome"]) for row in rows]


async def test_each_step_is_recorded(desk: Any, environment: str, delivery_stack: Any) -> None:
    """What a rollback takes back is recorded under its own name."""
    first, second = desk.deployment(environment)["id"], desk.deployment(environment)["id"]
    desk.carry_out(first)
    desk.carry_out(second)
    back = desk.post("ada", f"/deployments/{second}/rollbacks").json()["id"]
    desk.carry_out(back)
    steps = ["create", "applying", "verifying", "live", "rolled_back"]
    expected = [(f"deployment.{step}", "done") for step in steps]
    assert expected == await _recorded(delivery_stack, second)
    told = desk.get("vic", f"/deployments/{second}/events")["items"]
    assert ["planned", "applying", "verifying", "live", "rolled_back"] == [
        event["state"] for event in told
    ]


async def test_a_refused_step_leaves_nothing(
    desk: Any, environment: str, delivery_stack: Any
) -> None:
    """Of a step that meets another deployment neither state nor event stays."""
    first, second = desk.deployment(environment)["id"], desk.deployment(environment)["id"]
    desk.step(first, "planned", "applying")
    assert 409 == desk.step(second, "planned", "applying").status_code
    shown = desk.get("vic", f"/deployments/{second}")
    assert ("planned", 1) == (shown["state"], shown["revision"])
    assert 1 == len(desk.get("vic", f"/deployments/{second}/events")["items"])
    rows = await delivery_stack.fetch(
        "SELECT busy FROM deployment_service WHERE deployment_id = $1", uuid.UUID(second)
    )
    assert [False] == [row["busy"] for row in rows]
