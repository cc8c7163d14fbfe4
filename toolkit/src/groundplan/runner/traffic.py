"""Keeps requests away from a replica that is about to stop, and lets them back to it.

Replicas behind the gateway leave its endpoint files; this waits until every gateway has seen
that and the last request to them has ended. A gateway drains itself.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.runner import gateway_admin
from groundplan.runner.port import HOST
from groundplan.runner.replica import Replica

SEEN_WITHIN = 5.0
"""Seconds that gateways get to take notice of an endpoint's coming or going."""
POLL = 0.05


class Rotation:
    """Which replicas get requests, as the running gateways see it."""

    def __init__(self, platform: Platform, folders: Folders, replicas: Sequence[Replica]) -> None:
        self._gateways = {name for name, _ in platform.of_kind(Kind.GATEWAY)}
        self._called = {
            callee for name in self._gateways for callee in platform.services[name].calls
        }
        self._folders = folders
        self._replicas = replicas

    async def leave(self, replica: Replica) -> None:
        """Wait until a replica has no requests and gets none, its drain time at the most."""
        if replica.spec.component in self._gateways:
            await gateway_admin.drain(self._admin(replica), replica.spec.drain)
        elif replica.draining and replica.spec.component in self._called:
            await self._until(self._has_left, replica, replica.spec.drain)

    async def enter(self, replica: Replica) -> None:
        """Wait until every gateway offers requests to a replica again."""
        if replica.spec.component in self._called:
            await self._until(self._is_offered, replica, SEEN_WITHIN)

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
