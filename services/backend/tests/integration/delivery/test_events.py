"""Events are numbered without a gap, whoever writes at once and whatever fails."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any


async def test_parallel_writers_leave_no_gap(desk: Any, delivery_stack: Any) -> None:
    """Forty requests of eight writers, refused ones among them, are numbered one by one."""
    taken = desk.deployment("dev")["id"]
    desk.step(taken, "planned", "applying")

    def write(number: int) -> None:
        if number % 4 == 0:
            desk.step(taken, "planned", "applying")
        else:
            desk.deployment("dev", f"service-{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    rows = await delivery_stack.fetch("SELECT id FROM delivery_event ORDER BY id")
    assert list(range(1, len(rows) + 1)) == [row["id"] for row in rows]


async def test_an_event_says_who_and_when(desk: Any, delivery_stack: Any) -> None:
    """Its body is what the API answers: number, time and person."""
    made = desk.deployment("dev")["id"]
    (event,) = desk.get("vic", f"/deployments/{made}/events")["items"]
    assert ("ada@groundplan.example", "deployment.created", ["backend"]) == (
        event["by"],
        event["type"],
        event["services"],
    )
    (row,) = await delivery_stack.fetch("SELECT at FROM delivery_event WHERE id = $1", event["id"])
    assert row["at"].strftime("%Y-%m-%dT%H:%M:%S") == event["at"][:19]
