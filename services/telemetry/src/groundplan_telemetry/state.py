"""What all rooms share: the settings, the folder, the books, and threads for slow work."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.records.requests import Requests
from groundplan_telemetry.settings import Settings

READERS: Final = 4
SHARES: Final = {"traces": 0.4, "logs": 0.4, "metrics": 0.2}
"""Of the room on the disk."""
Given = ParamSpec("Given")
Result = TypeVar("Result")


class State:
    """One store."""

    def __init__(self, settings: Settings) -> None:
        """Make the folder and open the books.

        Raises:
            OSError: the folder cannot be made.
        """
        self.settings = settings
        self.folder = Path(settings.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.ledger = Ledger(self.folder)
        self.requests = Requests(each.instance for each in settings.nginx)
        self._readers = ThreadPoolExecutor(READERS, "reader")

    def room(self, signal: str) -> int:
        """Return the bytes that a signal may take on the disk."""
        return int(self.settings.limits.size * SHARES[signal])

    async def apart(
        self, work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """Do slow work, a search for example, on a thread of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: work(*given, **named))

    def close(self) -> None:
        """Let threads end and write the books."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self.ledger.keep()
