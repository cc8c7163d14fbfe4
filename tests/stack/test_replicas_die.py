"""A replica that is killed costs no reader an error, whichever it is."""

import asyncio

import pytest
from stack import People, Stack, get_request
from steady import Steady, eventually

LIST = "/api/v1/catalog/services?limit=20"


@pytest.mark.parametrize("component", ["backend", "gateway", "authz"])
async def test_reads_go_on_when_a_replica_is_killed(
    ready: Stack, signed_in: People, component: str
) -> None:
    """`kill -9` of one of two replicas under 200 requests/s: no read fails, it comes back."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(200)
        killed = await asyncio.to_thread(ready.kill, component, 2)
        await load.until(200)
        await eventually(
            lambda: (
                ready.components(component)[1]["state"] == "ready"
                and ready.components(component)[1]["pid"] != killed
            ),
            20,
            f"{component} 2 is ready again",
        )
        await load.until(200)
    assert [] == load.outcome.errors, load.outcome.errors[:5]


def _is_back(stack: Stack, component: str, killed: int) -> bool:
    second = stack.components(component)[1]
    return second["state"] == "ready" and second["pid"] != killed


@pytest.mark.parametrize("component", ["frontend", "gateway", "authz", "backend"])
async def test_a_rolling_restart_loses_no_read(
    ready: Stack, signed_in: People, component: str
) -> None:
    """Restarting a tier replica by replica under 200 requests/s fails no read."""
    before = [replica["pid"] for replica in ready.components(component)]
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(200)
        restarted = await asyncio.to_thread(ready.run, "restart", component)
        await load.until(200)
    assert restarted.returncode == 0, restarted.stderr
    assert not set(before) & {replica["pid"] for replica in ready.components(component)}
    assert [] == load.outcome.errors, load.outcome.errors[:5]


async def test_the_load_notices_errors(ready: Stack) -> None:
    """Negative control: requests that are refused are counted as failed."""
    request = get_request(LIST, "not-a-token")
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(20)
    assert load.outcome.failed >= 20


async def test_the_load_notices_an_outage(ready: Stack, signed_in: People) -> None:
    """Negative control: with both authorisation replicas frozen, reads fail within 250 ms."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    with ready.frozen("authz", replicas=2):
        async with Steady(ready.port, lambda number: request, rate=20) as load:
            await load.until(20)
    assert load.outcome.failed > 0
