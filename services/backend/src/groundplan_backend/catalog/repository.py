"""The statements of the catalog: components, documents and annotations."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.catalog import schemas
from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)


async def list_services(
    pool: Pool, query: schemas.ServiceQuery, after: str, limit: int
) -> list[Any]:
    """Return components by name."""
    return await pool.fetch(
        _SQL["list_services"],
        query.tier or None,
        query.kind or None,
        query.q or None,
        after,
        limit,
    )


async def read_service(pool: Pool, name: str) -> bytes | None:
    """Return a component's detail as JSON."""
    row = await pool.fetchrow(_SQL["read_service"], name)
    return row["document"] if row else None


async def read_document(pool: Pool, name: str) -> bytes | None:
    """Return a document of the catalog, `platform`, `environments` or `bills`, as JSON."""
    row = await pool.fetchrow(_SQL["read_document"], name)
    return row["document"] if row else None


async def service_exists(pool: Pool, name: str) -> bool:
    """Say whether there is such a component."""
    return await pool.fetchrow(_SQL["service_exists"], name) is not None


async def list_annotations(
    pool: Pool, service: str, after: tuple[datetime, UUID], limit: int
) -> list[Any]:
    """Return annotations of a service, oldest first."""
    return await pool.fetch(_SQL["list_annotations"], service, *after, limit)


async def read_annotation(pool: Pool | Connection, annotation: UUID) -> Any:
    """Return an annotation, or None."""
    return await pool.fetchrow(_SQL["read_annotation"], annotation)


async def insert_annotation(
    connection: Connection, annotation: UUID, service: str, text: schemas.AnnotationText, user: str
) -> Any:
    """Add an annotation; None when there is no such service."""
    return await connection.fetchrow(
        _SQL["insert_annotation"], annotation, service, text.key, text.value, text.url, user
    )


async def lock_annotation(connection: Connection, annotation: UUID) -> Any:
    """Return what an annotation says, which nobody changes until the end; None without one."""
    return await connection.fetchrow(_SQL["lock_annotation"], annotation)


async def update_annotation(
    connection: Connection, annotation: UUID, text: schemas.AnnotationText
) -> Any:
    """Replace what an annotation says; None when there is none."""
    return await connection.fetchrow(
        _SQL["update_annotation"], annotation, text.key, text.value, text.url
    )


async def delete_annotation(connection: Connection, annotation: UUID) -> str | None:
    """Delete an annotation and return its service; None when there is none."""
    row = await connection.fetchrow(_SQL["delete_annotation"], annotation)
    return row["service"] if row else None


async def lock_import(connection: Connection) -> str | None:
    """Wait to be the only one who imports; return the digest that was imported last."""
    await connection.execute(_SQL["lock_import"])
    digest: str | None = await connection.fetchval(_SQL["imported_digest"])
    return digest


async def put_document(connection: Connection, name: str, digest: str, document: bytes) -> None:
    """Add or replace a document."""
    await connection.execute(_SQL["put_document"], name, digest, document)


async def replace_components(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    """Make the components exactly these rows; their first column is the name."""
    await connection.execute(_SQL["delete_components"], [row[0] for row in rows])
    await connection.executemany(_SQL["put_component"], rows)
