"""A replica that is killed costs no reader an error, whichever it is."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from stack import People, Stack, get_request
from steady import Steady, eventually

LIST = "/api/v1/catalog/services?limit=20"


STALLED = "authorization_unavailable"
"""Says the gateway where authorisation has not answered within 200 ms."""
TRIALS = 3
Errors = list[tuple[float, str]]


def _is_a_stall(errors: Errors, component: str) -> bool:
    """Tell whether reads failed only for want of an answer of somebody who is left in peace."""
    return bool(errors) and component != "authz" and all(STALLED in what for _, what in errors)


async def _trial(component: str, spoil: Callable[[str], Awaitable[Errors]]) -> Errors:
    """Return what readers saw of it; a machine that stalls has another trial."""
    for _ in range(TRIALS):
        errors = await spoil(component)
        if not _is_a_stall(errors, component):
            break
    return errors


@pytest.mark.parametrize("component", ["backend", "gateway", "authz"])
async def test_reads_go_on_when_a_replica_is_killed(
    ready: Stack, signed_in: People, component: str
) -> None:
    """`kill -9` of one of two replicas under 200 requests/s: no read fails, it comes back."""
    request = get_request(LIST, signed_in.tokens["viewer"])

    async def kill(component: str) -> Errors:
        async with Steady(ready.port, lambda number: request) as load:
            await load.until(200)
            killed = await asyncio.to_thread(ready.kill, component, 2)
            await load.until(200)
            await eventually(
                lambda: asyncio.to_thread(_is_back, ready, component, killed),
                60,
                f"{component} 2 is ready again",
            )
            await load.until(200)
        return load.outcome.errors

    errors = await _trial(component, kill)
    assert [] == errors, errors[:5]


def _is_back(stack: Stack, component: str, killed: int) -> bool:
    second = stack.components(component)[1]
    return second["state"] == "ready" and second["pid"] != killed


@pytest.mark.parametrize("component", ["frontend", "gateway", "authz", "backend"])
async def test_a_rolling_restart_loses_no_read(
    ready: Stack, signed_in: People, component: str
) -> None:
    """Restarting a tier replica by replica under 200 requests/s fails no read."""
    request = get_request(LIST, signed_in.tokens["viewer"])

    async def restart(component: str) -> Errors:
        before = [replica["pid"] for replica in ready.components(component)]
        async with Steady(ready.port, lambda number: request) as load:
            await load.until(200)
            restarted = await asyncio.to_thread(ready.run, "restart", component)
            await load.until(200)
        assert restarted.returncode == 0, restarted.stderr
        assert not set(before) & {replica["pid"] for replica in ready.components(component)}
        return load.outcome.errors

    errors = await _trial(component, restart)
    assert [] == errors, errors[:5]


@pytest.mark.parametrize(
    ("component", "errors"),
    [
        ("gateway", []),
        ("authz", [(0.1, f"status 503: {STALLED}")]),
        ("gateway", [(0.1, f"status 503: {STALLED}"), (0.2, "EOFError: ")]),
    ],
)
async def test_what_a_replica_owes_is_no_stall(component: str, errors: Errors) -> None:
    """Negative control: only what nobody touched may be late and have another trial."""
    seen: list[str] = []

    async def spoil(component: str) -> Errors:
        seen.append(component)
        return errors

    assert errors == await _trial(component, spoil)
    assert [component] == seen


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
