"""The wiring of artifacts: their store, their services, their controllers and what repeats."""

from typing import Any, Final

from groundplan_backend.artifacts.checker import Checker
from groundplan_backend.artifacts.controller import ArtifactController
from groundplan_backend.artifacts.inspection.budget import Limits
from groundplan_backend.artifacts.lifecycle import Lifecycle
from groundplan_backend.artifacts.links import Links
from groundplan_backend.artifacts.part_service import PartService
from groundplan_backend.artifacts.service import ArtifactService
from groundplan_backend.artifacts.upload_controller import UploadController
from groundplan_backend.artifacts.upload_service import UploadService
from groundplan_backend.background import Job
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.objects.absent import Absent
from groundplan_backend.objects.bucket import Bucket
from groundplan_backend.objects.folder import Folder
from groundplan_backend.objects.store import Objects
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings

PUBLISHED: Final = (UploadController, ArtifactController)
_TAKE_OVER_EVERY: Final = 15.0
_EXPIRE_EVERY: Final = 600.0
_SWEEP_EVERY: Final = 60.0


class Artifacts:
    """Everything that artifacts are made of, in one replica."""

    def __init__(
        self,
        pool: Pool,
        metrics: Metrics,
        idempotency: Idempotency,
        cursors: Cursors,
        settings: Settings,
    ) -> None:
        objects = store(settings)
        self._checker = Checker(pool, objects, Limits(), metrics)
        self._lifecycle = Lifecycle(pool, objects)
        self._parts = PartService(pool, objects)
        self._uploads = UploadService(pool, self._parts, self._checker, idempotency, settings)
        links = Links(settings.key_encryption_key)
        self._service = ArtifactService(pool, objects, links, cursors, settings.public_url)

    def controllers(self) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        return [UploadController(self._uploads, self._parts), ArtifactController(self._service)]

    def jobs(self) -> list[Job]:
        """Return what repeats beside the requests."""
        return [
            Job("take over checks", self._checker.take_over, _TAKE_OVER_EVERY),
            Job("expire artifacts", self._lifecycle.expire, _EXPIRE_EVERY),
            Job("sweep objects", self._lifecycle.sweep, _SWEEP_EVERY),
        ]

    async def close(self) -> None:
        """End the checks that are under way here."""
        await self._checker.close()


def store(settings: Settings) -> Objects:
    """Return the object store that the settings name."""
    if settings.artifacts_bucket:
        return Bucket(
            settings.artifacts_bucket, settings.artifacts_region, settings.artifacts_endpoint
        )
    if settings.artifacts_folder is not None:
        return Folder(settings.artifacts_folder, settings.key_encryption_key)
    return Absent()
