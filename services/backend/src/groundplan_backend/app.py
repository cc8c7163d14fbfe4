"""The wiring, top to bottom: what every part is made of and what runs beside the requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar

from groundplan_backend.background import Background, Job
from groundplan_backend.catalog import loading
from groundplan_backend.catalog.controller import CatalogController
from groundplan_backend.catalog.service import CatalogService
from groundplan_backend.catalog.state import LiveState
from groundplan_backend.docs.controller import DocsController
from groundplan_backend.health import HealthController
from groundplan_backend.http.caller import Guard
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.http.edge import Edge
from groundplan_backend.http.operation import handlers_of
from groundplan_backend.http.routing import error_handlers, route_handlers
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.identity import repository as identity_repository
from groundplan_backend.identity.controller import IdentityController
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.identity.user_controller import UserController
from groundplan_backend.identity.user_service import UserService
from groundplan_backend.observability.log import AccessLog
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.cache import Cache
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Settings

PUBLISHED: Final = (IdentityController, UserController, CatalogController)
"""The controllers whose operations stand in the OpenAPI document, in this order."""

_READ_KEYS_EVERY: Final = 30.0
_CLEAN_EVERY: Final = 3600.0


class Backend:
    """One replica: an ASGI application and the work beside it. Making it connects to nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.metrics = Metrics()
        self.access_log = AccessLog()
        self.pool = Pool(
            settings.database_url, settings.database_pool_size, settings.statement_timeout_ms
        )
        self.redis = Redis(settings.redis_url, authority=settings.authority)
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
        self._background = Background(self._jobs())
        self.application = Edge(self._litestar(), settings, self.metrics, self.access_log)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the work beside the requests; at the end close what is open."""
        self._background.start()
        try:
            yield
        finally:
            await self._background.stop()
            await self.pool.close()
            self.redis.close()
            self._sessions.close()
            self.passwords.close()
            self.access_log.flush()

    def _litestar(self) -> Litestar:
        controllers = [
            *self._published(),
            DocsController(PUBLISHED),
            HealthController(self.pool, self.redis, self.metrics),
        ]
        declared = [one for controller in controllers for one, _ in handlers_of(controller)]
        return Litestar(
            route_handlers(controllers, Guard(self._settings.gateway_key)),
            exception_handlers=error_handlers(declared),
            openapi_config=None,
            logging_config=None,
        )

    def _published(self) -> list[Any]:
        settings = self._settings
        identity = IdentityService(
            self.pool, self._sessions, self.keys, self.passwords, self.metrics, settings
        )
        users = UserService(
            self.pool, self._sessions, self.passwords, self._idempotency, self._cursors
        )
        annotations = Cache(self.redis, self.metrics, "annotations")
        catalog = CatalogService(
            self.pool, self.cache, annotations, self._idempotency, self._cursors
        )
        cookie = RefreshCookie(settings.public_url, settings.refresh_token_ttl)
        return [
            IdentityController(identity, self.keys, cookie),
            UserController(users),
            CatalogController(catalog, LiveState(settings.state_file)),
        ]

    def _jobs(self) -> list[Job]:
        jobs = [
            Job("read signing keys", self.keys.refresh, _READ_KEYS_EVERY),
            Job("forget sessions", lambda: identity_repository.forget(self.pool), _CLEAN_EVERY),
            Job("forget idempotency keys", self._idempotency.forget, _CLEAN_EVERY),
        ]
        file = self._settings.catalog_file
        if file is not None:
            jobs.append(Job("load catalog", lambda: loading.load(file, self.pool, self.cache)))
        return jobs
