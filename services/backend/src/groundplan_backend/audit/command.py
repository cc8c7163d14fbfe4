"""The command that looks at the whole audit record from outside of any replica."""

from typing import Any

import msgspec

from groundplan_backend.audit.examination import Examination
from groundplan_backend.audit.room import kept
from groundplan_backend.audit.signing import Signer
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings

_PATIENCE_MS = 600_000


async def verify(settings: Settings) -> dict[str, Any]:
    """Return what a pass found; nothing is recorded and nothing is sealed."""
    pool = Pool(settings.database_url, 1, _PATIENCE_MS)
    try:
        signer = Signer(settings.key_encryption_key)
        finding = await Examination(pool, signer, kept(settings)).run()
    finally:
        await pool.close()
    found: dict[str, Any] = msgspec.to_builtins(finding)
    return found
