"""Loads the catalog file into PostgreSQL: once per content, by one replica, all or nothing."""

import hashlib
from pathlib import Path
from typing import Any, Final

import msgspec

from groundplan_backend.catalog import repository, schemas
from groundplan_backend.http import reply
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.cache import Cache

_TIERS: Final[list[schemas.Tier]] = ["edge", "application", "data"]
_FORMAT: Final = b"3:"  # raise it when the documents made here change


async def load(file: Path, pool: Pool, cache: Cache) -> bool:
    """Bring the database to the file; False when it is there already.

    Raises:
        OSError, msgspec.DecodeError: the file cannot be read or is no catalog.
        DependencyUnavailable: PostgreSQL does not answer.
    """
    raw = file.read_bytes()
    catalog = msgspec.json.decode(raw, type=schemas.CatalogFile)
    digest = hashlib.sha256(_FORMAT + raw).hexdigest()
    async with pool.transaction() as connection:
        if await repository.lock_import(connection) == digest:
            return False
        documents = {
            "platform": _platform(catalog),
            "environments": _environments(catalog),
            "bills": schemas.BillPage(items=catalog.bills, next=None),
        }
        for name, document in documents.items():
            await repository.put_document(connection, name, digest, reply.encode(document))
        rows = [_row(component, catalog) for component in catalog.components]
        await repository.replace_components(connection, rows)
    await cache.invalidate()
    return True


def _platform(catalog: schemas.CatalogFile) -> schemas.Platform:
    present = {component.tier for component in catalog.components}
    return schemas.Platform(
        **msgspec.structs.asdict(catalog.platform),
        tiers=[tier for tier in _TIERS if tier in present],
        arrows=[
            schemas.Arrow(source=component.name, target=target)
            for component in catalog.components
            for target in component.calls
        ],
    )


def _environments(catalog: schemas.CatalogFile) -> schemas.EnvironmentPage:
    items = [
        schemas.Environment(**msgspec.structs.asdict(environment))
        for environment in catalog.environments
    ]
    return schemas.EnvironmentPage(items=items, next=None)


def _row(component: schemas.CatalogComponent, catalog: schemas.CatalogFile) -> tuple[Any, ...]:
    callers = [other.name for other in catalog.components if component.name in other.calls]
    detail = schemas.ServiceDetail(**msgspec.structs.asdict(component), called_by=callers)
    return (
        component.name,
        component.kind,
        component.tier,
        component.description,
        component.replicas.min,
        component.replicas.max,
        component.calls,
        component.source,
        reply.encode(detail),
    )
