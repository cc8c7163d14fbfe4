"""Gates: work that must be done once before replicas may start, such as a migration.

The work begins when the first replica waits for it. Work that fails is tried again with
back-off, unless trying again would only repeat minutes of the same: that waits to be asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from groundplan.errors import GroundplanError
from groundplan.runner.backoff import Backoff
from groundplan.runner.startup import trace
from groundplan.runner.startup.way import GATE

HOPELESS = 5
"""Failures in a row after which people are told that it has failed."""
Work = Callable[[Callable[[str], None]], Awaitable[None]]
"""Does the work; is given a way to say how far it is."""


class Gate:
    """One piece of work and whether it is done."""

    def __init__(
        self,
        name: str,
        says: str,
        work: Work,
        after: "Sequence[Gate]" = (),
        *,
        insists: bool = True,
    ) -> None:
        self.name = name
        self.detail = says
        self.failed = False
        self.is_hopeless = False
        """Whether it has failed for so long, or in such a way, that only people can help."""
        self.log: list[str] = []
        """Last lines of what failed, where it said any."""
        self._says = says
        self._work = work
        self._after = after
        self._insists = insists
        self._done = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.changed: Callable[[], None] = lambda: None

    @property
    def is_done(self) -> bool:
        """Whether nobody has to wait any longer."""
        return self._done.is_set()

    async def passed(self) -> None:
        """Wait until the work is done, beginning it if nobody has."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"gate {self.name}")
        await self._done.wait()

    def renew(self) -> None:
        """Have the work done again before the next replica starts."""
        self.close()
        self._done.clear()
        self.is_hopeless = False
        self._tell(self._says, failed=False)
        for gate in self._after:
            if gate.failed:
                gate.renew()

    def close(self) -> None:
        """Stop working."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        backoff = Backoff()
        for gate in self._after:
            await gate.passed()
        while not self._done.is_set():
            try:
                with trace.step(f"gate {self.name}", {GATE: self.name}, top=True):
                    await self._work(self._say)
                self.is_hopeless = False
                self._tell("", failed=False)
                self._done.set()
            except (GroundplanError, OSError) as error:
                self.log = getattr(error, "log", [])
                pause = backoff.failed()
                self.is_hopeless = not self._insists or backoff.failures >= HOPELESS
                self._tell(str(error).replace("\n ", ","), failed=True)
                if not self._insists:
                    return
                await asyncio.sleep(pause)

    def _say(self, detail: str) -> None:
        self._tell(detail, failed=False)

    def _tell(self, detail: str, *, failed: bool) -> None:
        self.detail, self.failed = detail, failed
        self.changed()
