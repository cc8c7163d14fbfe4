"""The statements of service identities: rows of `users` of the kind `service`."""

from typing import Any, Final

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def insert(connection: Reader, service: Id, name: str, role: str) -> Any:
    """Add a service; None when the name is taken."""
    return await connection.fetchrow(_SQL["insert"], service, name, role)


async def read(connection: Reader, service: Id) -> Any:
    """Return a service, or None."""
    return await connection.fetchrow(_SQL["read"], service)


async def list_services(connection: Reader, after: str, limit: int) -> list[Any]:
    """Return services by name."""
    return await connection.fetch(_SQL["list"], after, limit)


async def named(connection: Reader, name: str) -> Any:
    """Return the id of the service of a name, or None."""
    return await connection.fetchrow(_SQL["named"], name)


async def lock(connection: Reader, service: Id) -> Any:
    """Keep a service as it is until the transaction ends; None when unknown."""
    return await connection.fetchrow(_SQL["lock"], service)


async def delete(connection: Reader, service: Id) -> None:
    """Delete a service with its tokens."""
    await connection.fetch(_SQL["delete"], service)
