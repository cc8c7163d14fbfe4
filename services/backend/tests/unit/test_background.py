import asyncio

import pytest

from groundplan_backend import background
from groundplan_backend.background import Background, Job


async def test_a_job_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job survives its failures; when it has no period, it ends with its first success."""
    monkeypatch.setattr(background, "_FIRST_RETRY", 0.001)
    tries: list[int] = []
    done = asyncio.Event()

    async def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError("not yet")
        done.set()

    running = Background([Job("fails twice", work)])
    running.start()
    await asyncio.wait_for(done.wait(), 5)
    await running.stop()
    assert 3 == len(tries)


async def test_a_job_with_a_period_repeats() -> None:
    """Work comes again and again until the end."""
    times = asyncio.Semaphore(0)

    async def work() -> None:
        times.release()

    running = Background([Job("often", work, every=0.001)])
    running.start()
    for _ in range(3):
        await asyncio.wait_for(times.acquire(), 5)
    await running.stop()
