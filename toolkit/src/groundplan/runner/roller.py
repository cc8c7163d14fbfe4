"""Restarts what people name, and renews what was started with settings that have changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from groundplan.errors import GroundplanError, UsageError
from groundplan.runner import launch, roll
from groundplan.runner.gate import Gate
from groundplan.runner.publish import Publisher
from groundplan.runner.replica import Replica
from groundplan.runner.state import State
from groundplan.runner.traffic import Rotation

Tell = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of each replica in a roll."""

    make: Callable[[Replica], None]
    """Changes what a replica is started with; it has no requests then."""
    look: Callable[[Replica], Awaitable[None]]
    """Watches one that is back, and raises NotReadyError where it is not well."""


class Roller:
    """Rolls components, one at a time."""

    def __init__(
        self, replicas: Sequence[Replica], publisher: Publisher, rotation: Rotation
    ) -> None:
        self._replicas = replicas
        self._publisher = publisher
        self._rotation = rotation
        self._busy = asyncio.Lock()
        self._due: set[str] = set()
        """Components that are renewed, or will be."""

    async def restart(self, name: str, tell: Tell) -> None:
        """Restart a component or one replica, doing the work before its gates again.

        Raises:
            UsageError: there is none of that name.
            NotReadyError: a replica did not come back.
        """
        chosen = self._of(name) or [each for each in self._replicas if each.name == name]
        if not chosen:
            known = ", ".join(dict.fromkeys(each.spec.component for each in self._replicas))
            raise UsageError(f"nothing here is called {name}", hint=f"there are {known}")
        async with self._busy:
            for gate in {gate.name: gate for each in chosen for gate in each.gates}.values():
                await self._renew_gate(gate, chosen)
            await self._roll(chosen, tell)

    async def renew(self, component: str) -> None:
        """Roll the replicas of a component whose settings have changed, once all are there."""
        if component in self._due:
            return
        self._due.add(component)
        try:
            async with self._busy:
                for sibling in self._of(component):
                    await sibling.reaches(State.READY, State.FAILED)
                await self._roll([each for each in self._of(component) if is_stale(each)], _silent)
        except GroundplanError as error:
            print(f"{component}: {error}", flush=True)
        finally:
            self._due.discard(component)

    async def replace(self, chosen: Sequence[Replica], change: Change, tell: Tell) -> None:
        """Restart replicas with something changed in between, each watched before the next.

        Raises:
            NotReadyError: one did not come back, or not well; the rest was left alone.
        """

        async def leave(replica: Replica) -> None:
            await self._leave(replica)
            change.make(replica)

        async def enter(replica: Replica) -> None:
            await self._enter(replica)
            await change.look(replica)

        async with self._busy:
            lost = frozenset({State.FAILED, State.BACKOFF})
            await self._roll(chosen, tell, roll.Traffic(leave, enter), lost)

    async def _renew_gate(self, gate: Gate, chosen: Sequence[Replica]) -> None:
        gate.renew()
        if any(each.is_ready for each in chosen):
            await gate.passed()

    async def _roll(
        self,
        chosen: Sequence[Replica],
        tell: Tell,
        traffic: roll.Traffic | None = None,
        lost: frozenset[State] = frozenset({State.FAILED}),
    ) -> None:
        try:
            usual = roll.Traffic(self._leave, self._enter)
            await roll.roll(chosen, traffic or usual, tell, lost)
        finally:
            for replica in chosen:
                replica.draining = False
            self._publisher.changed()

    async def _leave(self, replica: Replica) -> None:
        replica.draining = len(self._of(replica.spec.component)) > 1
        await self._publisher.now()
        await self._rotation.leave(replica)

    async def _enter(self, replica: Replica) -> None:
        replica.draining = False
        await self._publisher.now()
        await self._rotation.enter(replica)

    def _of(self, component: str) -> list[Replica]:
        return [each for each in self._replicas if each.spec.component == component]


def is_stale(replica: Replica) -> bool:
    """Return whether a replica runs with other settings than those that stand there now."""
    return replica.running is not None and replica.digest != launch.digest_of(replica.spec)


async def _silent(_: str) -> None:
    return
