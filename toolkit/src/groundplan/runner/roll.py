"""Restarts a component one replica at a time, so that no request is lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from groundplan.errors import NotReadyError
from groundplan.runner.replica import Replica
from groundplan.runner.state import State

PATIENCE = 60.0
"""Seconds that a restarted replica gets to become ready."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """How requests are kept away from a replica while it is away."""

    leave: Callable[[Replica], Awaitable[None]]
    """Returns when the replica has no requests and gets none."""
    enter: Callable[[Replica], Awaitable[None]]
    """Returns when the replica gets requests again."""


async def roll(
    replicas: Sequence[Replica],
    traffic: Traffic,
    say: Callable[[str], Awaitable[None]],
    lost: frozenset[State] = frozenset({State.FAILED}),
) -> None:
    """Restart replicas one after the other; stop at the first that does not come back.

    Args:
        replicas: in the order in which they are restarted.
        traffic: how requests are kept away from the one that is.
        say: is told of every step.
        lost: states in which a replica is not waited for any longer.

    Raises:
        NotReadyError: a replica did not become ready; the rest was left alone.
    """
    for replica in replicas:
        await say(f"{replica.name}: draining")
        await traffic.leave(replica)
        await say(f"{replica.name}: restarting")
        await replica.stop()
        replica.begin()
        await _ready(replica, lost)
        await traffic.enter(replica)
        await say(f"{replica.name}: ready")


async def _ready(replica: Replica, lost: frozenset[State]) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            state = await replica.reaches(State.READY, *lost)
    except TimeoutError:
        state = replica.state
    if state is not State.READY:
        raise NotReadyError(
            f"{replica.name} did not become ready again: {replica.detail or state}",
            hint=f"see ./run logs {replica.name}; the other replicas were left alone",
        )
