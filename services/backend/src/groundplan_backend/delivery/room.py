"""The wiring of delivery: one feed for all, services over it, controllers over those."""

from typing import Any, Final

from groundplan_backend.background import Job
from groundplan_backend.catalog.service import CatalogService
from groundplan_backend.delivery.approval_service import ApprovalService
from groundplan_backend.delivery.controller import DeploymentController
from groundplan_backend.delivery.environments import Environments
from groundplan_backend.delivery.event_controller import EventController
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.delivery.followers import CHECK, Followers
from groundplan_backend.delivery.release_controller import ReleaseController
from groundplan_backend.delivery.release_service import ReleaseService
from groundplan_backend.delivery.service import DeploymentService
from groundplan_backend.delivery.work_controller import WorkController
from groundplan_backend.delivery.work_service import WorkService
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Settings

PUBLISHED: Final = (ReleaseController, DeploymentController, WorkController, EventController)
_AGAIN: Final = 0.2
"""Seconds until what should never end is begun anew."""


class Delivery:
    """Everything that delivery is made of, in one replica."""

    def __init__(
        self,
        pool: Pool,
        redis: Redis,
        metrics: Metrics,
        idempotency: Idempotency,
        cursors: Cursors,
        settings: Settings,
    ) -> None:
        self._pool = pool
        self._metrics = metrics
        self._idempotency = idempotency
        self._cursors = cursors
        self._feed = Feed(pool, redis, settings.redis_url, settings.authority)
        self._followers = Followers(
            self._feed,
            redis,
            metrics,
            settings.access_token_ttl,
            settings.request_timeout_ms / 1000,
        )

    def controllers(self, catalog: CatalogService) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        shared = self._pool, self._feed
        kept = self._idempotency, self._cursors
        deployments = DeploymentService(*shared, Environments(catalog), *kept)
        return [
            ReleaseController(ReleaseService(*shared, *kept)),
            DeploymentController(deployments, ApprovalService(*shared)),
            WorkController(WorkService(*shared, self._metrics)),
            EventController(self._followers),
        ]

    def jobs(self) -> list[Job]:
        """Return what runs beside the requests."""
        return [
            Job("read events", self._feed.run, _AGAIN),
            Job("hear of events", self._feed.listen, _AGAIN),
            Job("check followers", self._followers.check_sessions, CHECK),
        ]

    def leave(self) -> None:
        """Let every follower go to another replica, so that this one can end."""
        self._feed.close()
