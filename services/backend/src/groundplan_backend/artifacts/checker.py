"""Checks files that have come: reads each through once, and makes it an artifact or refuses it.

The check runs beside the requests, in a thread of its own, on the replica that took the end of the
upload. It says every few seconds that it goes on; another replica takes over one that is silent.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog

from groundplan_backend.artifacts import repository
from groundplan_backend.artifacts.inspection.budget import Limits
from groundplan_backend.artifacts.inspection.inspect import Found, inspect
from groundplan_backend.artifacts.read_ahead import ReadAhead
from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import BackendError
from groundplan_backend.objects.store import Objects
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool

_AT_ONCE: Final = 2
"""Checks at once in one replica; each keeps a processor busy."""
_SPEAK_EVERY: Final = 5.0
_SILENT: Final = timedelta(seconds=30)
_NOBODY: Final = Actor("system", "", "")
_log: Final = structlog.get_logger("backend.artifacts")


class Checker:
    """The checks of one replica."""

    def __init__(self, pool: Pool, objects: Objects, limits: Limits, metrics: Metrics) -> None:
        self._pool = pool
        self._metrics = metrics
        self._objects = objects
        self._limits = limits
        self._threads = ThreadPoolExecutor(_AT_ONCE, "inspection")
        self._running: dict[UUID, asyncio.Task[None]] = {}

    async def wait(self, upload: UUID, actor: Actor, seconds: float) -> None:
        """Begin the check, if it is not under way here, and wait so long for its end."""
        task = self._running.get(upload) or self._begin(upload, actor)
        await asyncio.wait({task}, timeout=seconds)

    async def take_over(self) -> None:
        """Begin one check that no replica goes on with."""
        upload = await repository.claim_check(self._pool, _SILENT)
        if upload is not None and upload not in self._running:
            self._begin(upload, _NOBODY)

    async def close(self) -> None:
        """End the checks; others take them over."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _begin(self, upload: UUID, actor: Actor) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._check(upload, actor))
        self._running[upload] = task
        task.add_done_callback(lambda _: self._running.pop(upload, None))
        return task

    async def _check(self, upload: UUID, actor: Actor) -> None:
        row = await repository.read_check(self._pool, upload)
        if row is None:
            return
        speaking = asyncio.get_running_loop().create_task(self._speak(upload))
        try:
            found = await self._inspected(upload, row["name"])
            await self._conclude(upload, actor, _compared(found, row["claimed"]))
        except BackendError as error:
            _log.warning("check failed", upload=str(upload), error=error.detail)
        finally:
            speaking.cancel()

    async def _inspected(self, upload: UUID, name: str) -> Found:
        """Inspect; a file at which the inspection itself stumbles is not taken."""
        try:
            return await self._inspect(upload, name)
        except BackendError:
            raise
        except Exception as error:
            _log.error("inspection failed", exc_info=error, upload=str(upload))
            return Found(b"", "", "cannot be inspected")

    async def _speak(self, upload: UUID) -> None:
        while True:
            await asyncio.sleep(_SPEAK_EVERY)
            try:
                await repository.still_checking(self._pool, upload)
            except BackendError:
                continue

    async def _inspect(self, upload: UUID, name: str) -> Found:
        pieces = self._pieces(await repository.list_parts(self._pool, upload))
        loop = asyncio.get_running_loop()
        work = partial(inspect, name, ReadAhead(pieces, loop).pull, self._limits)
        return await loop.run_in_executor(self._threads, work)

    async def _pieces(self, parts: list[Any]) -> AsyncIterator[bytes]:
        for part in parts:
            async for piece in self._objects.read(part["object"], part["size"], 0, part["size"]):
                yield piece

    async def _conclude(self, upload: UUID, actor: Actor, found: Found) -> None:
        async with self._pool.transaction() as connection:
            if found.refusal is None:
                row = await repository.accept(connection, upload, found.sha256, found.media_type)
            else:
                row = await repository.refuse(connection, upload, found.refusal)
            if row is not None:
                await audit.record(connection, actor, _event(upload, row, found))
        if row is not None:
            self._metrics.uploads.labels("ready" if found.refusal is None else "refused").inc()
            self._metrics.upload_bytes.inc(row["size"])


def _compared(found: Found, claimed: bytes | None) -> Found:
    if found.refusal is None and claimed is not None and claimed != found.sha256:
        return Found(found.sha256, found.media_type, "is not what its sender has digested")
    return found


def _event(upload: UUID, row: Any, found: Found) -> Event:
    detail: dict[str, object] = {"name": row["name"], "kind": row["kind"], "size": row["size"]}
    if found.refusal is not None:
        return Event("artifact.refuse", str(upload), {**detail, "reason": found.refusal})
    return Event("artifact.create", str(upload), {**detail, "sha256": found.sha256.hex()})
