"""Makes known what has changed: endpoints to the gateways, states to people, processes to disk.

Changes are gathered for a moment and then written together; a full disk is waited out.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from groundplan.runner.disk import DiskFullError
from groundplan.runner.replica import Replica

GATHER = 0.005
"""Seconds during which further changes join the same writing."""
AGAIN = 1.0
"""Seconds until a writing that failed is tried again."""


class Publisher:
    """Calls a writer whenever something has changed, one call at a time."""

    def __init__(self, write: Callable[[], Awaitable[None]]) -> None:
        self._write = write
        self._changed = asyncio.Event()
        self._writing = asyncio.Lock()
        self.trouble = ""
        """Why nothing can be written at the moment."""

    def changed(self) -> None:
        """Have it written soon."""
        self._changed.set()

    async def now(self) -> None:
        """Write at once."""
        async with self._writing:
            self._changed.clear()
            await self._write()

    async def run(self) -> None:
        """Write after every change, for ever."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(GATHER)
            try:
                await self.now()
                self.trouble = ""
            except (DiskFullError, OSError) as error:
                self.trouble = str(error)
                self.changed()
                await asyncio.sleep(AGAIN)


def out_of_rotation(replicas: Sequence[Replica]) -> set[str]:
    """Return the names of the replicas that should get no new requests.

    Replicas that are not ready are left out, but never the last ones of a component: an
    endpoint that may fail serves better than none.
    """
    gone: set[str] = set()
    by_component: defaultdict[str, list[Replica]] = defaultdict(list)
    for replica in replicas:
        by_component[replica.spec.component].append(replica)
    for siblings in by_component.values():
        for test in (_is_away, _is_draining):
            away = {each.name for each in siblings if test(each)}
            if len(away) < len(siblings):
                gone |= away
                break
    return gone


def _is_away(replica: Replica) -> bool:
    return replica.draining or not replica.is_ready


def _is_draining(replica: Replica) -> bool:
    return replica.draining
