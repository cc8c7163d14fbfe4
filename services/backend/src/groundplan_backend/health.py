"""Health and metrics. Neither liveness nor readiness fails because a dependency is down."""

import asyncio

from groundplan_backend.errors import BackendError
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply, json
from groundplan_backend.observability import metrics
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis, RedisError

_PATIENCE = 0.5


class HealthController:
    """Answers the probes and Prometheus."""

    def __init__(self, pool: Pool, redis: Redis, metrics: Metrics) -> None:
        self._pool = pool
        self._redis = redis
        self._metrics = metrics

    @operation("GET", "/healthz/live", "Is the process alive")
    async def live(self, exchange: Exchange) -> Reply:
        """Answer; that is all."""
        return json({"status": "live"})

    @operation("GET", "/healthz/ready", "Does the process take requests")
    async def ready(self, exchange: Exchange) -> Reply:
        """Answer with the state of the dependencies."""
        database, cache = await asyncio.gather(self._database(), self._cache())
        dependencies = {"database": database, "cache": cache}
        for name, state in dependencies.items():
            self._metrics.dependency.labels(name).set(state == "up")
        return json({"status": "ready", "dependencies": dependencies})

    @operation("GET", "/metrics", "Read the metrics")
    async def read_metrics(self, exchange: Exchange) -> Reply:
        """Answer in Prometheus' text format."""
        content_type = (b"content-type", metrics.CONTENT_TYPE.encode())
        return Reply(200, (content_type,), self._metrics.exposition())

    async def _database(self) -> str:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._pool.fetch("SELECT 1")
        except (BackendError, TimeoutError):
            return "down"
        return "up"

    async def _cache(self) -> str:
        try:
            await self._redis.ping()
        except (BackendError, RedisError):
            return "down"
        return "up"
