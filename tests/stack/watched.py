"""A platform of its own whose store of signals is asked which alerts fire."""

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
from stack import Stack, lives
from steady import eventually

NOT_OURS = {"CpuHigh", "MemoryHigh"}
"""Other programs of this machine raise them too."""


class Watched:
    """The platform, and what its store says."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.port = stack.port
        self._supervisor = stack.supervisor()
        self._address = f"https://127.0.0.1:{stack.components('telemetry')[0]['port']}/api/v1/"
        key = (stack.data / "config/secrets/telemetry.key").read_text()
        self._headers = {"authorization": f"Bearer {key}"}

    async def ask(self, path: str, **query: str) -> Any:
        """Return what the store answers; nothing while it does not."""
        with contextlib.suppress(httpx.HTTPError, ValueError, KeyError):
            async with httpx.AsyncClient(headers=self._headers, timeout=10) as client:
                return (await client.get(f"{self._address}{path}", params=query)).json()["data"]
        return {}

    async def firing(self) -> set[str]:
        """Return the names of the alerts that fire."""
        alerts = (await self.ask("alerts")).get("alerts", [])
        found = {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}
        return found - NOT_OURS

    async def is_well(self) -> bool:
        """Tell whether everybody is seen, answers are counted, and nothing fires."""
        seen = "count(up == 1) == count(up) and count(up) > 10"
        counted = 'slo:requests:rate1h{slo="api-latency"} > 0'
        for query in (seen, counted):
            if not (await self.ask("query", query=query)).get("result"):
                return False
        return not await self.firing()

    async def begin_anew(self) -> None:
        """Empty the store, and wait until it has seen everything and is content.

        What a stall of the machine leaves behind, as an alert, is forgotten with the next try.
        """
        for is_last in (False, False, True):
            await self._empty()
            try:
                await eventually(self.is_well, 60, "all is well")
            except AssertionError:
                if is_last:
                    raise
            else:
                return

    async def _empty(self) -> None:
        pids = await asyncio.to_thread(self.stack.pids, "telemetry")
        with self.killed(pids):
            shutil.rmtree(self.stack.data / "telemetry")

    @contextlib.contextmanager
    def killed(self, pids: Iterable[int]) -> Iterator[None]:
        """Kill processes, and let the supervisor start none while the block runs."""
        os.kill(self._supervisor, signal.SIGSTOP)
        try:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            _wait_until_dead(pids)
            yield
        finally:
            os.kill(self._supervisor, signal.SIGCONT)


def _wait_until_dead(pids: Iterable[int]) -> None:
    """Wait for the end of processes, whose parent cannot be told of it yet."""
    deadline = time.monotonic() + 10
    while any(map(lives, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
