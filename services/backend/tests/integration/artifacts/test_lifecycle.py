"""What ends by itself, and what is swept up behind it."""

from pathlib import Path
from typing import Any

import pytest

from groundplan_backend.artifacts.lifecycle import Lifecycle
from groundplan_backend.objects.folder import Folder
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret


@pytest.fixture
async def lifecycle(stack: Any) -> Any:
    """The work of the background, done when we say so, on the replica's own store."""
    pool = Pool(Secret(stack.database_url), 2, 5000)
    yield Lifecycle(pool, Folder(stack.folder / "artifacts", Secret("b2" * 32)))
    await pool.close()


def _stored(stack: Any, artifact: str) -> list[Path]:
    return list((stack.folder / "artifacts").rglob(f"{artifact}-*"))


async def test_what_is_past_its_time_goes_with_its_bytes(
    put: Any, begin: Any, send: Any, operator: Any, stack: Any, lifecycle: Lifecycle
) -> None:
    """Artifacts and unfinished uploads alike; what still has time stays."""
    old, fresh = put("old.txt", b"x")["id"], put("fresh.txt", b"x")["id"]
    cut = begin("cut.bin", 65_536)
    send(cut, 1, bytes(65_536))
    statement = (
        "UPDATE artifact SET expires_at = now() - interval '1 s' WHERE id = ANY($1::uuid[])"
    )
    await stack.fetch(statement, [old, cut["id"]])
    assert 404 == operator.get(f"/api/v1/artifacts/{old}").status_code
    assert await lifecycle.expire() >= 2
    await stack.fetch("UPDATE artifact_leftover SET after = now() - interval '1 s'")
    while await lifecycle.sweep():
        pass
    assert ([], []) == (_stored(stack, old), _stored(stack, cut["id"]))
    assert 1 == len(_stored(stack, fresh))
    assert b"x" == operator.get(f"/api/v1/artifacts/{fresh}/content").content


async def test_a_part_of_a_replica_that_died_is_swept_up(
    stack: Any, replica: Any, lifecycle: Lifecycle
) -> None:
    """A name is on the list before the object is written; nothing can be forgotten."""
    folder = Folder(stack.folder / "artifacts", Secret("b2" * 32))
    async with folder.writing("ab/left-1-over", 1) as writer:
        await writer.write(b"x")
    insert = "INSERT INTO artifact_leftover VALUES ('ab/left-1-over', now() - interval '1 s')"
    await stack.fetch(insert)
    while await lifecycle.sweep():
        pass
    assert None is await folder.size("ab/left-1-over")
    assert [] == await stack.fetch("SELECT FROM artifact_leftover WHERE object LIKE 'ab/left%'")


async def test_a_part_that_was_replaced_is_swept_up(
    begin: Any, send: Any, stack: Any, lifecycle: Lifecycle
) -> None:
    """Only the one that counts stays."""
    upload = begin("a.bin", 65_536)
    for _ in range(3):
        send(upload, 1, bytes(65_536))
    assert 3 == len(_stored(stack, upload["id"]))
    await stack.fetch("UPDATE artifact_leftover SET after = now() - interval '1 s'")
    while await lifecycle.sweep():
        pass
    assert 1 == len(_stored(stack, upload["id"]))
