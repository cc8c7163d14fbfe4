"""The wiring, top to bottom: what every part is made of and what runs beside the requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar

from groundplan_backend.artifacts import room as artifacts_room
from groundplan_backend.audit import room as audit_room
from groundplan_backend.background import Background, Job
from groundplan_backend.catalog import loading
from groundplan_backend.catalog.controller import CatalogController
from groundplan_backend.catalog.service import CatalogService
from groundplan_backend.catalog.state import LiveState
from groundplan_backend.delivery import room as delivery_room
from groundplan_backend.docs.controller import DocsController
from groundplan_backend.health import HealthController
from groundplan_backend.http.caller import Guard
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.http.edge import Edge
from groundplan_backend.http.freshness import Freshness
from groundplan_backend.http.operation import handlers_of
from groundplan_backend.http.routing import error_handlers, route_handlers
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.identity import accounts_room
from groundplan_backend.identity import repository as identity_repository
from groundplan_backend.identity.controller import IdentityController
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.factors import repository as factor_repository
from groundplan_backend.identity.factors import room
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.identity.user_controller import UserController
from groundplan_backend.identity.user_service import UserService
from groundplan_backend.incidents import room as incidents_room
from groundplan_backend.observability.log import AccessLog
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.replica import ReplicatedPool
from groundplan_backend.redis.cache import Cache
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Settings
from groundplan_backend.telemetry import room as telemetry_room
from groundplan_backend.webhooks import room as webhooks_room
from groundplan_contracts.tracing.recorder import Recorder

PUBLISHED: Final = (
    IdentityController,
    *room.PUBLISHED,
    UserController,
    *accounts_room.PUBLISHED,
    CatalogController,
    *artifacts_room.PUBLISHED,
    *delivery_room.PUBLISHED,
    *webhooks_room.PUBLISHED,
    *audit_room.PUBLISHED,
    *telemetry_room.PUBLISHED,
    *incidents_room.PUBLISHED,
)
"""The controllers whose operations stand in the OpenAPI document, in this order."""

_READ_KEYS_EVERY: Final = 30.0
_CLEAN_EVERY: Final = 3600.0


class Backend:
    """One replica: an ASGI application and the work beside it. Making it connects to nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.metrics = Metrics()
        self.recorder = Recorder(settings.tracing)
        self.metrics.watch_spans(self.recorder.outcomes)
        self.access_log = AccessLog(level=settings.log_level)
        self.pool = ReplicatedPool(
            settings.database_url,
            settings.database_replica_url,
            settings.database_pool_size,
            settings.statement_timeout_ms,
            self.metrics.calls,
        )
        self.metrics.watch(self.pool)
        self.redis = Redis(
            settings.redis_url, authority=settings.authority, calls=self.metrics.calls
        )
        self.cache = Cache(self.redis, self.metrics, "catalog")
        self.passwords = Passwords()
        self.keys = KeyRing(
            self.pool,
            settings.key_encryption_key,
            settings.key_rotation,
            settings.access_token_ttl,
        )
        self._idempotency = Idempotency(self.pool, settings.key_encryption_key)
        self._cursors = Cursors(settings.key_encryption_key)
        self._sessions = Sessions(settings.redis_url, settings.authority)
        self._audit = audit_room.Audit(self.pool, self.redis, self._cursors, settings)
        self._factors = room.Factors(self.pool, settings)
        self._identity = IdentityService(
            self.pool,
            self._sessions,
            self.keys,
            self.passwords,
            self._factors.second,
            self.metrics,
            settings,
        )
        ground = accounts_room.Ground(
            self.pool,
            self._sessions,
            self.keys,
            self.passwords,
            self._idempotency,
            self._cursors,
            settings,
        )
        self._accounts = accounts_room.Accounts(ground, self._identity)
        self._step_up = self._factors.step_up(self._identity)
        self._artifacts = artifacts_room.Artifacts(
            self.pool, self.metrics, self._idempotency, self._cursors, settings
        )
        self._delivery = delivery_room.Delivery(
            self.pool, self.redis, self.metrics, self._idempotency, self._cursors, settings
        )
        self._webhooks = webhooks_room.Webhooks(
            self.pool, self.metrics, self._idempotency, self._cursors, settings
        )
        self._telemetry = telemetry_room.Telemetry(self.redis, settings)
        self._incidents = incidents_room.Incidents(
            self.pool, self._accounts.outbox, self._idempotency, self._cursors, settings
        )
        self._background = Background(self._jobs())
        refused = self._audit.refusals.note
        self.application = Edge(
            self._litestar(), settings, self.metrics, self.access_log, self.recorder, refused
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the work beside the requests; at the end close what is open."""
        self._background.start()
        try:
            yield
        finally:
            await self._background.stop()
            await self._audit.close()
            await self._artifacts.close()
            await self._telemetry.close()
            await self.pool.close()
            self.redis.close()
            self._sessions.close()
            self._accounts.close()
            self.passwords.close()
            self.access_log.flush()
            self.recorder.close()

    def leave(self) -> None:
        """End what would never end by itself; called when this replica is told to stop."""
        self._delivery.leave()
        self._telemetry.leave()

    def _litestar(self) -> Litestar:
        controllers = [
            *self._published(),
            DocsController(PUBLISHED),
            HealthController(self.pool, self.redis, self.metrics),
        ]
        declared = [one for controller in controllers for one, _ in handlers_of(controller)]
        return Litestar(
            route_handlers(
                controllers,
                Guard(self._settings.gateway_key),
                self._step_up.require,
                Freshness(self.pool, self.redis),
            ),
            exception_handlers=error_handlers(declared),
            openapi_config=None,
            logging_config=None,
        )

    def _published(self) -> list[Any]:
        settings = self._settings
        identity = self._identity
        users = UserService(
            self.pool,
            self._sessions,
            self._accounts.tokens,
            self.passwords,
            self._idempotency,
            self._cursors,
        )
        annotations = Cache(self.redis, self.metrics, "annotations")
        catalog = CatalogService(
            self.pool, self.cache, annotations, self._idempotency, self._cursors
        )
        cookie = RefreshCookie(settings.public_url, settings.refresh_token_ttl)
        return [
            IdentityController(identity, self.keys, cookie),
            *self._factors.controllers(identity, self._sessions, self._step_up, cookie),
            UserController(users),
            *self._accounts.controllers(cookie),
            CatalogController(catalog, LiveState(settings.state_file)),
            *self._artifacts.controllers(),
            *self._delivery.controllers(catalog),
            *self._webhooks.controllers(),
            *self._audit.controllers(),
            *self._telemetry.controllers(),
            *self._incidents.controllers(),
        ]

    def _jobs(self) -> list[Job]:
        jobs = [
            Job("read signing keys", self.keys.refresh, _READ_KEYS_EVERY),
            Job("forget sessions", lambda: identity_repository.forget(self.pool), _CLEAN_EVERY),
            Job("forget challenges", lambda: factor_repository.forget(self.pool), _CLEAN_EVERY),
            Job("forget idempotency keys", self._idempotency.forget, _CLEAN_EVERY),
            *self._accounts.jobs(),
            *self._artifacts.jobs(),
            *self._delivery.jobs(),
            *self._webhooks.jobs(),
            *self._audit.jobs(),
            *self._incidents.jobs(),
        ]
        file = self._settings.catalog_file
        if file is not None:
            jobs.append(Job("load catalog", lambda: loading.load(file, self.pool, self.cache)))
        return jobs
