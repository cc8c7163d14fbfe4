"""One leased deployment: what it asks for, its lease kept, its states and progress reported."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from groundplan.errors import GroundplanError
from groundplan.runner.delivery.versions import Version

if TYPE_CHECKING:
    from groundplan.tools.backend import BackendError
    from groundplan.tools.delivery import Desk

AGAIN: Final = 1.0
"""Seconds until a report that did not get through is sent again."""
UNAUTHENTICATED: Final = 401
RENEW: Final = 5.0
"""Seconds between renewals of the lease."""


class Work:
    """A deployment that is ours as long as the lease is kept."""

    def __init__(
        self,
        desk: "Desk",
        deployment: dict[str, Any],
        lease: str,
        another: "Callable[[], Awaitable[Desk]]",
    ) -> None:
        """Describe it.

        Args:
            desk: where it is reported.
            deployment: as the backend hands it out.
            lease: proof that it is ours.
            another: returns a desk with another token, where the one in use was refused.
        """
        self._desk = desk
        self._another = another
        self._deployment = deployment
        self.state: str = deployment["state"]
        self.id: str = deployment["id"]
        self.lease = lease

    def targets(self) -> dict[str, Version]:
        """Return the version that each service is to run; none for infrastructure."""
        return {
            each["service"]: Version(each["release"]["digest"], each["release"]["version"])
            for each in self._deployment["releases"]
        }

    async def keep(self) -> None:
        """Renew the lease for ever; one that is lost shows when the next state is reported."""
        from groundplan.tools.backend import BackendError

        while True:
            await asyncio.sleep(RENEW)
            try:
                await asyncio.to_thread(self._desk.renew, self.id, self.lease)
            except BackendError as error:
                if not error.is_passing:
                    print(f"deliveries: {error.message}", flush=True)
                    return

    async def tell(self, message: str, done: int, total: int) -> None:
        """Report progress, once; nothing waits for it."""
        from groundplan.tools.backend import BackendError

        try:
            await asyncio.to_thread(self._desk.progress, self.id, message, done, total, self.lease)
        except BackendError as error:
            print(f"deliveries: {error.message}", flush=True)

    async def enter(self, state: str, reason: str = "") -> bool:
        """Report a state until it is heard; say whether it was taken."""
        from groundplan.tools.backend import BackendError

        if state == self.state:
            return True
        while True:
            try:
                await asyncio.to_thread(
                    self._desk.move, self.id, self.state, state, reason, self.lease
                )
            except BackendError as error:
                if error.is_passing or error.status == UNAUTHENTICATED:
                    await self._pause(error)
                    continue
                print(f"deliveries: {state} was not taken: {error.message}", flush=True)
                return False
            self.state = state
            return True

    async def _pause(self, error: "BackendError") -> None:
        """Wait a moment, and come with another token where the last one was refused."""
        await asyncio.sleep(AGAIN)
        if error.status == UNAUTHENTICATED:
            try:
                self._desk = await self._another()
            except GroundplanError as reason:
                print(f"deliveries: {reason.message}", flush=True)
