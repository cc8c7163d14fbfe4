"""Keeps requests away from a replica that is about to stop, and lets them back to it.

Replicas behind the gateway leave its endpoint files; this waits until every gateway has seen
that and the last request to them has ended. A gateway drains itself; before the next one does,
the frontend's workers that were told to leave it out must be gone.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

import psutil

from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.runner import gateway_admin
from groundplan.runner.port import HOST
from groundplan.runner.replica import Replica

SEEN_WITHIN = 5.0
"""Seconds that gateways get to take notice of an endpoint's coming or going."""
RELOADED_WITHIN = 15.0
"""Seconds that workers of an older configuration get to end; clients keep them for a while."""
POLL = 0.05


class Rotation:
    """Which replicas get requests, as the running gateways see it."""

    def __init__(self, platform: Platform, folders: Folders, replicas: Sequence[Replica]) -> None:
        self._gateways = {name for name, _ in platform.of_kind(Kind.GATEWAY)}
        self._called = {
            callee for name in self._gateways for callee in platform.services[name].calls
        }
        self._frontends = {name for name, _ in platform.of_kind(Kind.STATIC)}
        self._folders = folders
        self._replicas = replicas
        self._unaware: set[int] = set()
        """Workers of the frontend that leave the drained gateway out."""

    async def leave(self, replica: Replica) -> None:
        """Wait until a replica has no requests and gets none, its drain time at the most."""
        if replica.spec.component in self._gateways:
            await gateway_admin.drain(self._admin(replica), replica.spec.drain)
            self._unaware = self._workers() if replica.draining else set()
        elif replica.draining and replica.spec.component in self._called:
            await self._until(self._has_left, replica, replica.spec.drain)

    async def enter(self, replica: Replica) -> None:
        """Wait until whoever calls a replica offers requests to it again."""
        if replica.spec.component in self._gateways:
            await self._reloaded()
        if replica.spec.component in self._called:
            await self._until(self._is_offered, replica, SEEN_WITHIN)

    async def counted(self, replica: Replica) -> tuple[int, int]:
        """Return how many requests to a replica have ended, and how many of them badly."""
        if replica.spec.component not in self._called:
            return 0, 0
        address = f"{HOST}:{replica.spec.port}"
        admins = [self._admin(each) for each in self._replicas if self._is_gateway(each)]
        seen = [await gateway_admin.upstream(admin, address) for admin in admins]
        known = [each for each in seen if each]
        return sum(each.ended for each in known), sum(each.errors for each in known)

    async def _reloaded(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RELOADED_WITHIN):
                while self._unaware & self._workers():  # noqa: ASYNC110 - not our children
                    await asyncio.sleep(POLL)
        self._unaware = set()

    def _workers(self) -> set[int]:
        """Return the frontend's worker processes, those that are ending included."""
        found: set[int] = set()
        for replica in self._replicas:
            if replica.spec.component in self._frontends and replica.running is not None:
                with contextlib.suppress(psutil.Error):
                    children = psutil.Process(replica.running.pid).children()
                    found |= {child.pid for child in children}
        return found

    async def _until(
        self, test: Callable[[gateway_admin.Upstream | None], bool], replica: Replica, most: float
    ) -> None:
        address = f"{HOST}:{replica.spec.port}"
        admins = [self._admin(each) for each in self._replicas if self._is_gateway(each)]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most):
                for admin in admins:
                    while not test(await gateway_admin.upstream(admin, address)):  # noqa: ASYNC110
                        await asyncio.sleep(POLL)

    def _is_gateway(self, replica: Replica) -> bool:
        return replica.is_ready and replica.spec.component in self._gateways

    def _admin(self, replica: Replica) -> str:
        return f"{self._folders.run}/{replica.name}.admin.sock"

    @staticmethod
    def _has_left(upstream: gateway_admin.Upstream | None) -> bool:
        return upstream is None or (not upstream.is_offered and not upstream.active)

    @staticmethod
    def _is_offered(upstream: gateway_admin.Upstream | None) -> bool:
        return upstream is not None and upstream.is_offered
