"""Who asks waits for his turn, or is told that he waits in vain."""

import asyncio
from typing import Any

import pytest

from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.turns import AT_ONCE, Turns


async def _apart(work: Any, *given: Any) -> Any:
    return await work(*given)


async def test_few_are_answered_at_once_and_all_in_the_end() -> None:
    """No more than a few questions are worked at, and none is forgotten."""
    turns, running, most = Turns(_apart), 0, 0

    async def work(number: int, left: float) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        assert left <= 60
        return number

    found = await asyncio.gather(*(turns.ask(60, work, number) for number in range(20)))
    assert ([*range(20)], AT_ONCE) == (found, most)


async def test_who_waits_too_long_is_told_so() -> None:
    """A turn that does not come in time is an error of its own, and blocks nobody after it."""
    turns, go_on = Turns(_apart), asyncio.Event()

    async def stuck(left: float) -> bool:
        return await go_on.wait()

    first = [asyncio.create_task(turns.ask(60, stuck)) for _ in range(AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(QueryError, match="in query queue") as late:
        await turns.ask(0.01, stuck)
    assert (503, "timeout") == (late.value.status, late.value.kind)
    go_on.set()
    assert [True, True, True] == await asyncio.gather(*first, turns.ask(60, stuck))


async def test_too_many_are_refused_at_once() -> None:
    """Where the line is full nobody is let in, and the reason is said."""
    turns, go_on = Turns(_apart, most_waiting=1), asyncio.Event()

    async def stuck(left: float) -> bool:
        return await go_on.wait()

    held = [asyncio.create_task(turns.ask(60, stuck))]
    for _ in range(AT_ONCE):
        await asyncio.sleep(0)
        held.append(asyncio.create_task(turns.ask(60, stuck)))
    await asyncio.sleep(0)
    with pytest.raises(QueryError, match="questions wait") as full:
        await turns.ask(60, stuck)
    assert (503, "unavailable") == (full.value.status, full.value.kind)
    go_on.set()
    assert [True] * len(held) == await asyncio.gather(*held)


async def test_a_failure_gives_the_turn_back() -> None:
    """A question that fails lets the next one in."""
    turns = Turns(_apart)

    async def failing(left: float) -> None:
        raise QueryError("no")

    for _ in range(AT_ONCE + 1):
        with pytest.raises(QueryError, match="no"):
            await turns.ask(60, failing)
