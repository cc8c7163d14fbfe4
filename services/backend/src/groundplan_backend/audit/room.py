"""The audit record of one replica, put together: what app.py needs to know of it."""

import asyncio
from contextlib import suppress
from typing import Final

from groundplan_backend.audit import anchors, refusals, sealer, service, verification
from groundplan_backend.audit.anchors import Anchors
from groundplan_backend.audit.controller import AuditController
from groundplan_backend.audit.export import Export
from groundplan_backend.audit.refusals import Refusals
from groundplan_backend.audit.sealer import Sealer
from groundplan_backend.audit.search import Search
from groundplan_backend.audit.signing import Signer
from groundplan_backend.audit.verification import Verifier
from groundplan_backend.background import Job
from groundplan_backend.errors import BackendError
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.objects.notes import FolderNotes, bucket_notes
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Settings
from groundplan_contracts.objects import AUDIT

PUBLISHED: Final = (AuditController,)
_PATIENCE: Final = 2.0


class Audit:
    """Signs, seals, anchors, verifies and searches."""

    def __init__(self, pool: Pool, redis: Redis, cursors: Cursors, settings: Settings) -> None:
        signer = Signer(settings.key_encryption_key)
        service.sign_with(signer)
        self.refusals = Refusals(pool, redis)
        self._sealer = Sealer(pool, signer)
        self._verifier = Verifier(pool, signer, self._sealer, kept(settings))
        search = Search(pool, cursors, signer)
        self._controller = AuditController(search, Export(pool, search, signer), self._verifier)

    def controllers(self) -> list[object]:
        """Return what answers requests."""
        return [self._controller]

    def jobs(self) -> list[Job]:
        """Return what runs beside the requests."""
        return [
            Job("collect the gateway's refusals", self.refusals.collect, refusals.EVERY),
            Job("write refusals", self.refusals.write, refusals.EVERY),
            Job("seal the audit record", self._sealer.seal, sealer.EVERY),
            Job("anchor the audit record", self._verifier.anchor, anchors.EVERY),
            Job(
                "verify the audit record",
                self._verifier.verify_when_due,
                verification.LOOK_EVERY,
            ),
        ]

    async def close(self) -> None:
        """Write and seal what would be lost, as far as the database lets us."""
        with suppress(BackendError, OSError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.refusals.write_all()
                await self._sealer.seal()
                await self._verifier.anchor()


def kept(settings: Settings) -> Anchors | None:
    """Return the anchors, in the bucket or the folder that the settings name; or none."""
    if settings.audit_bucket:
        region, endpoint = settings.artifacts_region, settings.artifacts_endpoint
        return Anchors(bucket_notes(settings.audit_bucket, AUDIT, region, endpoint))
    folder = settings.audit_folder
    return Anchors(FolderNotes(folder)) if folder is not None else None
