"""Carries out the deployments of this machine that the backend hands out, and reports on them.

Each is leased: the lease stands in the data folder, so that the supervisor after one that was
killed goes on at once with the same deployment. What happens here never waits for a report.
"""

import asyncio
import contextlib
import platform as machine
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from groundplan.errors import GroundplanError
from groundplan.model.service import Kind
from groundplan.runner import transport
from groundplan.runner.delivery import credential, source
from groundplan.runner.delivery.rollout import Fleet, Rollout
from groundplan.runner.delivery.versions import Version
from groundplan.runner.delivery.work import Work
from groundplan.runner.order import Order

if TYPE_CHECKING:
    from groundplan.tools.backend import Backend
    from groundplan.tools.delivery import Desk

POLL: Final = 2.0
"""Seconds between questions for work."""
AGAIN: Final = 10.0
"""Seconds until the next question where the last one was not answered."""
REFUSED: Final = (401, 403)
"""Statuses that say that the token is good no more."""
Leased = tuple[dict[str, Any], str]
"""A deployment and the proof that it is ours."""
WAY: Final = (Kind.STATIC, Kind.GATEWAY, Kind.AUTHORIZATION, Kind.BACKEND)
"""Whom a request passes."""


class Agent:
    """Takes deployments one after the other."""

    def __init__(self, order: Order, fleet: Fleet) -> None:
        self._order = order
        self._fleet = fleet
        self._rollout = Rollout(fleet)
        self._services = source.releasable(order.platform)
        self._backend: Backend | None = None
        self._token = ""

    async def run(self, status: Callable[[], dict[str, Any]]) -> None:
        """Ask for work for ever, once the platform stands."""
        last = ""
        while True:
            pause = POLL
            try:
                if self._stands():
                    await self._next(status()["url"])
                last = ""
            except GroundplanError as error:
                pause = AGAIN
                if error.message != last:
                    last = error.message
                    print(f"deliveries: {last}", flush=True)
            await asyncio.sleep(pause)

    def _stands(self) -> bool:
        """Say whether requests reach the backend, whatever else is ill and waits for a version."""
        ready = {each.spec.kind for each in self._fleet.replicas if each.is_ready}
        return ready.issuperset(each.value for each in WAY)

    async def _next(self, url: str) -> None:
        from groundplan.tools.backend import BackendError  # loads slowly, and after the start

        desk = await self._desk(url)
        try:
            found = await self._resumed(desk) or await self._taken(desk)
        except BackendError as error:
            if error.status in REFUSED:
                self._forget_token()
            raise
        if found is None:
            return

        async def another() -> "Desk":
            self._forget_token()
            return await self._desk(url)

        await self._carry_out(Work(desk, *found, another))

    def _forget_token(self) -> None:
        self._token = ""
        credential.file(self._order.folders).unlink(missing_ok=True)

    async def _desk(self, url: str) -> "Desk":
        from groundplan.tools.backend import Backend
        from groundplan.tools.delivery import Desk

        folders = self._order.folders
        token = credential.read(folders)
        if not token:
            token = await credential.make(folders, self._backend_process())
        if token != self._token or self._backend is None:
            if self._backend is not None:
                self._backend.close()
            authority = transport.authority(folders)
            self._backend = Backend(url, token, authority=authority, nearby=True)
            self._token = token
        return Desk(self._backend)

    def _backend_process(self) -> Any:
        kinds = {name for name, _ in self._order.platform.of_kind(Kind.BACKEND)}
        return next(each.spec for each in self._fleet.replicas if each.spec.component in kinds)

    async def _resumed(self, desk: "Desk") -> Leased | None:
        """Return the deployment that an earlier supervisor was at, if it is still ours."""
        from groundplan.tools.backend import BackendError

        kept = self._fleet.versions.work
        if not kept:
            return None
        try:
            await asyncio.to_thread(desk.renew, kept["deployment"], kept["lease"])
            deployment = await asyncio.to_thread(desk.read, kept["deployment"])
        except BackendError as error:
            if error.is_passing or error.status in REFUSED:
                raise
            self._forget()
            return None
        return deployment, kept["lease"]

    async def _taken(self, desk: "Desk") -> Leased | None:
        name = f"runner on {machine.node()[:100]}"
        environment = self._order.environment
        answer = await asyncio.to_thread(desk.take, environment, name, self._services)
        return (answer["deployment"], answer["lease"]) if answer else None

    async def _carry_out(self, work: Work) -> None:
        targets = work.targets()
        self._remember(work, targets)
        renewing = asyncio.create_task(work.keep())
        try:
            if not targets:
                await work.enter("failed", "one machine has no infrastructure to change")
            else:
                await self._deliver(work, targets)
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing
        self._forget()

    async def _deliver(self, work: Work, targets: dict[str, Version]) -> None:
        try:
            for service, version in targets.items():
                await self._rollout.prepare(service, version)
        except (GroundplanError, OSError) as error:
            await self._return(work, targets, _why(error), unchanged="failed")
            return
        try:
            for service, version in targets.items():
                await self._rollout.forward(service, version, work.tell)
            await work.enter("verifying")
            await self._rollout.verify(list(targets))
        except (GroundplanError, OSError) as error:
            await self._return(work, targets, _why(error), unchanged="rolled_back")
            return
        if await work.enter("live"):
            for service, version in targets.items():
                self._fleet.versions.settle(service, version)
        else:
            await self._return(work, targets, "", unchanged="rolled_back")

    async def _return(
        self, work: Work, targets: dict[str, Version], reason: str, *, unchanged: str
    ) -> None:
        """Take everything back to what was there before, and say why."""
        before = _versions(self._fleet.versions.work["before"])
        state = unchanged
        print(f"deliveries: {reason}", flush=True)
        for service in targets:
            if self._rollout.is_at(service, before[service]):
                continue
            try:
                await self._rollout.back(service, before[service], work.tell)
                self._fleet.versions.settle(service, before[service])
            except (GroundplanError, OSError) as error:
                state = "failed"
                reason = f"{reason}; and going back failed: {_why(error)}"
        await work.enter(state, reason)

    def _remember(self, work: Work, targets: dict[str, Version]) -> None:
        versions = self._fleet.versions
        if versions.work.get("deployment") == work.id:
            return
        live = {service: versions.live(service) for service in targets}
        before = {
            service: {"digest": each.digest, "name": each.name} if each else None
            for service, each in live.items()
        }
        versions.work = {"deployment": work.id, "lease": work.lease, "before": before}
        versions.keep()

    def _forget(self) -> None:
        self._fleet.versions.work = {}
        self._fleet.versions.keep()


def _versions(kept: dict[str, Any]) -> dict[str, Version | None]:
    return {service: Version(**each) if each else None for service, each in kept.items()}


def _why(error: GroundplanError | OSError) -> str:
    return error.message if isinstance(error, GroundplanError) else str(error)
