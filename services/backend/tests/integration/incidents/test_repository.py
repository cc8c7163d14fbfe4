"""What is kept of incidents, and for how long."""

import uuid
from typing import Any

from groundplan_backend.incidents import channel_repository, repository
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret


async def test_only_what_is_long_over_is_forgotten(lasting_stack: Any) -> None:
    """An incident of last year goes with its timeline, one that is open never does."""
    old, open_ = uuid.uuid4(), uuid.uuid4()
    for number, state, ended in (
        (old, "resolved", "now() - interval '500 days'"),
        (open_, "open", "NULL"),
    ):
        await lasting_stack.fetch(
            "INSERT INTO incident (id, key, alertname, service, severity, slo, summary,"
            " description, state, started_at, resolved_at)"
            f" VALUES ($1, $2, 'Old', '', '', '', '', '', $3, now(), {ended})",
            number,
            str(number),
            state,
        )
        await lasting_stack.fetch(
            "INSERT INTO incident_entry (incident_id, kind) VALUES ($1, 'opened')", number
        )
    pool = Pool(Secret(lasting_stack.database_url), 1, 5000)
    await repository.forget(pool)
    await channel_repository.forget(pool)
    await pool.close()
    kept = await lasting_stack.fetch("SELECT id FROM incident WHERE alertname = 'Old'")
    assert [open_] == [row["id"] for row in kept]
    await lasting_stack.fetch("DELETE FROM incident WHERE alertname = 'Old'")
