"""The RSGI application: wiring, routing, health, and taking over a changed policy."""

import asyncio
from pathlib import Path
from typing import Final

import msgspec
import structlog

from groundplan_contracts.tracing.recorder import Recorder
from groundplan_gateway import check, policy
from groundplan_gateway.metrics import Metrics
from groundplan_gateway.rsgi import Response, Scope
from groundplan_gateway.settings import Settings
from groundplan_gateway.store import Store

POLL_EVERY: Final = 1.0
JSON: Final = [("content-type", "application/json"), ("cache-control", "no-store")]
METRICS: Final = [("content-type", "text/plain; version=0.0.4; charset=utf-8")]

log = structlog.get_logger()


class Application:
    """Everything that answers requests; made inside a running event loop."""

    def __init__(self, settings: Settings) -> None:
        """Read the policy and start to look for Redis.

        Raises:
            policy.PolicyError: the policy file says nothing usable.
            OSError: it cannot be read.
        """
        self._file = settings.policy_file
        self._version = _version(self._file)
        self._recorder = Recorder(settings.tracing)
        self._metrics = Metrics(self._recorder.outcomes)
        self._store = Store(
            settings.redis_url, settings.redis_timeout, self._metrics, settings.authority
        )
        first = policy.parse(self._file.read_bytes())
        self._checker = check.Checker(
            first, self._store, settings.gateway_key, self._metrics, self._recorder
        )
        self._watcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look for Redis once, so that the first check is no exception, and keep watch."""
        await self._store.start()
        self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def close(self) -> None:
        """Stop what runs in the background."""
        if self._watcher is not None:
            self._watcher.cancel()
        await self._store.close()
        self._recorder.close()

    async def __rsgi__(self, scope: Scope, response: Response) -> None:
        """Answer one request."""
        path = scope.path
        if path.startswith(check.PREFIX + "/"):
            await self._checker.answer(scope, response)
        elif path == "/healthz/live":
            response.response_bytes(200, JSON, b'{"status":"live"}')
        elif path == "/healthz/ready":
            response.response_bytes(200, JSON, msgspec.json.encode(self._readiness()))
        elif path == "/metrics":
            response.response_bytes(200, METRICS, self._metrics.exposition())
        else:
            response.response_empty(404, [])

    def _readiness(self) -> dict[str, object]:
        cache = "up" if self._store.is_well else "down"
        return {"status": "ready", "dependencies": {"cache": cache}}

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL_EVERY)
            try:
                self._take_over_changed_policy()
            except (OSError, policy.PolicyError) as error:
                self._metrics.policy_failures += 1
                log.warning("policy.kept", file=str(self._file), reason=str(error))

    def _take_over_changed_policy(self) -> None:
        version = _version(self._file)
        if version != self._version:
            self._version = version
            self._checker.take_over(policy.parse(self._file.read_bytes()))
            log.info("policy.taken_over", file=str(self._file))


def _version(file: Path) -> tuple[int, int, int]:
    state = file.stat()
    return state.st_mtime_ns, state.st_ino, state.st_size
