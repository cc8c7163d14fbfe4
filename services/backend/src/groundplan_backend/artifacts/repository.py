"""The statements of artifacts: uploads, their parts, what is to be checked and thrown away."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from groundplan_backend.artifacts import schemas
from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)


class NewArtifact(NamedTuple):
    """A row that an upload begins with, in the order of its columns."""

    id: UUID
    name: str
    kind: str
    subject: str | None
    size: int
    part_size: int
    claimed: bytes | None
    keep_days: int
    created_by: str
    open_for: timedelta


class Stored(NamedTuple):
    """A part as the store has it."""

    number: int
    object: str
    size: int
    sha256: bytes


async def insert_upload(connection: Connection, row: NewArtifact) -> None:
    """Add an upload."""
    await connection.execute(_SQL["insert_upload"], *row)


async def unfinished(connection: Connection, user: str) -> int:
    """Return how many uploads a user has begun and not ended."""
    count: int = await connection.fetchval(_SQL["unfinished"], user)
    return count


async def read_upload(pool: Pool, upload: UUID) -> Any:
    """Return an upload with its received parts; None when there is none."""
    return await pool.fetchrow(_SQL["read_upload"], upload)


async def read_frame(pool: Pool, upload: UUID) -> Any:
    """Return how an upload is cut into parts, and its state; None when there is none."""
    return await pool.fetchrow(_SQL["read_frame"], upload)


async def lock_upload(connection: Connection, upload: UUID) -> Any:
    """Return an upload that nobody else changes until the transaction ends; None without one."""
    return await connection.fetchrow(_SQL["lock_upload"], upload)


async def reserve(pool: Pool, objects: list[str], length: timedelta) -> None:
    """List objects as leftovers, before they are written."""
    async with pool.connection() as connection:
        await connection.execute(_SQL["reserve"], objects, length)


async def put_part(
    connection: Connection, upload: UUID, part: Stored, *, is_received: bool
) -> None:
    """Make an object a part, instead of the one that was there; it is no leftover any more."""
    await connection.execute(_SQL["put_part"], upload, *part, is_received)
    if is_received:
        await connection.execute(_SQL["keep"], [part.object])


async def list_parts(source: Pool | Connection, upload: UUID) -> list[Any]:
    """Return all parts in order, those too that were only promised."""
    rows: list[Any] = await source.fetch(_SQL["list_parts"], upload)
    return rows


async def begin_check(connection: Connection, upload: UUID, claimed: bytes | None) -> None:
    """Let nothing be added any more."""
    await connection.execute(_SQL["begin_check"], upload, claimed)


async def claim_check(pool: Pool, silent_for: timedelta) -> UUID | None:
    """Take over a check whose replica has been silent for so long; None when there is none."""
    async with pool.transaction() as connection:
        found: UUID | None = await connection.fetchval(_SQL["claim_check"], silent_for)
        return found


async def read_check(pool: Pool, upload: UUID) -> Any:
    """Return what is to be checked; None when it is not any more."""
    return await pool.fetchrow(_SQL["read_check"], upload)


async def still_checking(pool: Pool, upload: UUID) -> None:
    """Say that the check goes on."""
    async with pool.connection() as connection:
        await connection.execute(_SQL["still_checking"], upload)


async def accept(connection: Connection, upload: UUID, sha256: bytes, media_type: str) -> Any:
    """Make an upload an artifact; None when another replica was faster."""
    return await connection.fetchrow(_SQL["accept"], upload, sha256, media_type)


async def refuse(connection: Connection, upload: UUID, reason: str) -> Any:
    """Refuse an upload; None when another replica was faster."""
    row = await connection.fetchrow(_SQL["refuse"], upload, reason)
    if row is not None:
        await connection.execute(_SQL["drop_parts"], [upload])
    return row


async def delete(connection: Connection, artifacts: list[UUID]) -> None:
    """Delete artifacts or uploads; their objects become leftovers."""
    await connection.execute(_SQL["drop_parts"], artifacts)
    await connection.execute(_SQL["delete_all"], artifacts)


async def list_artifacts(
    pool: Pool,
    query: schemas.ArtifactQuery,
    after: tuple[datetime | None, UUID | None],
    limit: int,
) -> list[Any]:
    """Return artifacts, newest first."""
    filters = (query.kind or None, query.subject or None, query.q or None)
    return await pool.fetch(_SQL["list_artifacts"], *filters, *after, limit)


async def read_artifact(source: Pool | Connection, artifact: UUID) -> Any:
    """Return an artifact, or None."""
    return await source.fetchrow(_SQL["read_artifact"], artifact)


async def keep_artifact(connection: Connection, artifact: UUID, days: int) -> bool:
    """Count an artifact's days from now; False when there is none."""
    return await connection.fetchval(_SQL["keep_artifact"], artifact, days) is not None


async def expired(connection: Connection, most: int) -> list[Any]:
    """Return some artifacts and uploads whose time is over, that nobody else is deleting."""
    rows: list[Any] = await connection.fetch(_SQL["expired"], most)
    return rows


async def leftovers(connection: Connection, most: int) -> list[str]:
    """Return some objects that nothing refers to, that nobody else is removing."""
    return [row["object"] for row in await connection.fetch(_SQL["leftovers"], most)]


async def forget(connection: Connection, objects: list[str]) -> None:
    """Take removed objects off the list."""
    await connection.execute(_SQL["keep"], objects)
