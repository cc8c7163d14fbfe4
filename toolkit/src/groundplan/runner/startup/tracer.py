"""Ends the trace of a start, keeps it, and sends it once the store takes it.

Replicas that are started again later have a trace each, of their own.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from groundplan.model.process import Process
from groundplan.runner.startup import otlp, slowest, trace, way
from groundplan.runner.startup.post import Store, post
from groundplan.runner.startup.shelf import Shelf
from groundplan.runner.startup.trace import Trace
from groundplan.runner.startup.way import Way

SETTLE: Final = 1.0
"""Seconds that others get to end when something has failed."""
DRAFT: Final = 10.0
"""Seconds between drafts of a trace that goes on, which outlive a supervisor that is killed."""
PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries to send; what is left then goes with the next trace."""
GOING_ON: Final = frozenset({"starting", "degraded"})


class Started(Protocol):
    """A replica, as far as its way is told."""

    spec: Process
    detail: str


class Tracer:
    """Writes the traces of one supervisor."""

    def __init__(self, folder: Path, environment: str, store: Callable[[], Store | None]) -> None:
        """Go on with the trace that the command line began, if it did.

        Args:
            folder: where traces are kept.
            environment: which environment of the file runs.
            store: returns the store while it is ready.
        """
        self._about = otlp.resource(environment)
        self._store = store
        self.shelf = Shelf(folder)
        self.up = trace.current() or Trace("up")
        trace.enter(self.up)
        self._drafted = self.up.now()
        self._due = asyncio.Event()
        self._settling = False

    def way(self, replica: Started) -> Way:
        """Return where a replica's start is written: in the run's, or in a trace of its own."""
        about = way.about(replica.spec)
        if replica.detail:
            about[way.REASON] = replica.detail[: trace.LONGEST]
        if not self.up.is_closed:
            name = f"{slowest.STARTS}{replica.spec.name}"
            return Way(self.up, self.up.begin(name, about))
        own = Trace(f"restart {replica.spec.name}", about)
        return Way(own, own.root, lambda: self._end(own))

    def look(self, state: str) -> None:
        """Hear the state of the whole: ready ends the start, and so does failing, a bit later."""
        if self.up.is_closed or state in GOING_ON:
            return
        if state == "failed":
            if not self._settling:
                self._settling = True
                asyncio.get_running_loop().call_later(SETTLE, self._fail)
            return
        self._end(self.up, "" if state == "ready" else "stopped")

    def draft(self) -> None:
        """Keep what is known so far of a start that takes long."""
        if not self.up.is_closed and self.up.now() - self._drafted > DRAFT * trace.NANO:
            self._drafted = self.up.now()
            self._keep(self.up)

    def shown(self) -> dict[str, Any]:
        """Return what the command line tells of the start."""
        sent = self.shelf.is_sent(self.up)
        path = self.shelf.path(self.up)
        return {
            "trace_id": self.up.trace_id,
            "ended": self.up.is_closed,
            "sent": sent,
            "file": str(path.with_suffix(".sent.json") if sent else path),
            "seconds": round(slowest.seconds(self.up), 1),
            "slowest": slowest.names(self.up),
        }

    async def run(self) -> None:
        """Send what is kept, whenever something is, for ever."""
        while True:
            await self._due.wait()
            self._due.clear()
            await self.send()

    async def send(self) -> None:
        """Send every file that the store has not seen; give up after some tries."""
        for pause in PAUSES:
            if await self._send_all():
                return
            await asyncio.sleep(pause)

    async def _send_all(self) -> bool:
        store = self._store()
        if store is None:
            return False
        for path in self.shelf.unsent():
            if path == self.shelf.path(self.up) and not self.up.is_closed:
                continue
            taken = await asyncio.to_thread(_post, store, path)
            if taken is None:
                return False
            self.shelf.mark(path, taken=taken)
        return True

    def _fail(self) -> None:
        self._settling = False
        self._end(self.up, "not_ready")

    def _end(self, ended: Trace, error: str = "") -> None:
        if not ended.is_closed:
            ended.close(error)
            self._keep(ended)
            self._due.set()

    def _keep(self, kept: Trace) -> None:
        self.shelf.keep(kept, otlp.encode(self._about, kept))


def abandon(folder: Path, environment: str, error: BaseException) -> None:
    """Keep the trace of a start that ended before anything could be watched."""
    left = trace.current()
    if left is None or not folder.parent.is_dir():
        return
    left.close(type(error).__name__, trace.reason(error))
    Shelf(folder).keep(left, otlp.encode(otlp.resource(environment), left))


def _post(store: Store, path: Path) -> bool | None:
    try:
        return post(store, path.read_bytes())
    except OSError:
        return False
