"""Gates do their work once, and again when it failed or is asked for."""

import asyncio

from groundplan.errors import ToolError
from groundplan.runner.gate import Gate
from groundplan.runner.startup import trace


async def test_work_is_done_once_for_all():
    """Many replicas wait for one piece of work."""
    done = 0

    async def work(_) -> None:
        nonlocal done
        done += 1

    gate = Gate("migrate", "migrating", work)
    await asyncio.gather(*(gate.passed() for _ in range(5)))
    assert (1, "") == (done, gate.detail)


async def test_failed_work_is_done_again():
    """A failure is told with its words and tried again."""
    seen: list[str] = []
    results = iter([ToolError("no route to the database"), None])

    async def work(_) -> None:
        if error := next(results, None):
            raise error

    gate = Gate("migrate", "migrating", work)
    gate.changed = lambda: seen.append(gate.detail)
    await gate.passed()
    assert ["no route to the database", ""] == seen
    assert not gate.failed


async def test_hopeless_work_waits_to_be_asked():
    """Work that does not insist is tried once, and once more when renewed."""
    tries = 0

    async def work(_) -> None:
        nonlocal tries
        tries += 1
        raise ToolError("the build failed")

    gate = Gate("site", "building", work, insists=False)
    for expected in (1, 2):
        waiting = asyncio.create_task(gate.passed())
        while not gate.is_hopeless:
            await asyncio.sleep(0.01)
        waiting.cancel()
        assert expected == tries
        gate.renew()
        assert not gate.is_hopeless


async def test_earlier_gates_come_first():
    """A gate after another begins when that is passed."""
    order: list[str] = []

    async def first(_) -> None:
        await asyncio.sleep(0.02)
        order.append("accounts")

    async def second(_) -> None:
        order.append("migrate")

    gate = Gate("migrate", "", second, [Gate("accounts", "", first)])
    await gate.passed()
    assert ["accounts", "migrate"] == order


async def test_work_is_a_span_of_the_start():
    """Each try stands below the root of the trace, failed or done, with the gate's name."""
    written = trace.Trace("up")
    token = trace._current.set(trace.Place(written, written.root))
    results = iter([ToolError("no route"), None])

    async def work(_) -> None:
        if error := next(results, None):
            raise error

    gate = Gate("migrate", "migrating", work)
    assert not gate.is_done
    await gate.passed()
    trace._current.reset(token)
    assert gate.is_done
    assert [("gate migrate", "ToolError"), ("gate migrate", "")] == [
        (each.name, each.error) for each in written.spans[1:]
    ]
