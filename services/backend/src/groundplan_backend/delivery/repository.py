"""The statements of releases and deployments."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from groundplan_backend.delivery import schemas
from groundplan_backend.errors import Conflict
from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

Place = tuple[datetime, UUID]
"""The key of lists: when it was made, and its id."""
NEWEST: Final[Place] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))

_SQL: Final = queries.load(__file__)


async def insert_release(
    connection: Connection, release: UUID, new: schemas.NewRelease, user: str
) -> bool:
    """Add a release; False when its version is known."""
    found = await connection.fetchval(
        _SQL["insert_release"],
        release,
        new.service,
        new.version,
        new.digest,
        new.commit,
        new.sbom,
        new.built_by,
        new.built_at,
        user,
    )
    return found is not None


async def read_version(connection: Connection, service: str, version: str) -> Any:
    """Return a release by service and version, or None."""
    return await connection.fetchrow(_SQL["read_version"], service, version)


async def read_release(pool: Pool, release: UUID) -> Any:
    """Return a release, or None."""
    return await pool.fetchrow(_SQL["read_release"], release)


async def list_releases(pool: Pool, service: str | None, after: Place, limit: int) -> list[Any]:
    """Return releases, latest first."""
    if service is None:
        return await pool.fetch(_SQL["list_releases"], *after, limit)
    return await pool.fetch(_SQL["list_releases_of_service"], *after, limit, service)


async def find_releases(connection: Connection, releases: list[UUID]) -> dict[UUID, str]:
    """Return the services of those releases that there are."""
    rows = await connection.fetch(_SQL["find_releases"], releases)
    return {row["id"]: row["service"] for row in rows}


async def insert_deployment(
    connection: Connection,
    row: tuple[UUID, str, str, list[str], str, str, str, int, UUID | None],
    parts: dict[str, UUID | None],
) -> None:
    """Add a deployment and what it changes: releases by service."""
    await connection.execute(_SQL["insert_deployment"], *row)
    services, releases = list(parts), list(parts.values())
    await connection.execute(_SQL["insert_parts"], row[0], services, releases)


async def read_deployment(connection: Connection, deployment: UUID) -> Any:
    """Return a deployment as it is shown, or None."""
    return await connection.fetchrow(_SQL["read_deployment"], deployment)


async def list_deployments(
    pool: Pool, query: schemas.DeploymentQuery, after: Place, limit: int
) -> list[Any]:
    """Return deployments, latest first; each set of filters is a statement of its own."""
    name, arguments = "list_deployments", [*after, limit]
    if query.service:
        name = "list_deployments_of_service"
        arguments.append(query.service)
    filters = ""
    for column in ("environment", "state"):
        if value := getattr(query, column):
            arguments.append(value)
            filters += f" AND deployment_shown.{column} = ${len(arguments)}"
    return await pool.fetch(_SQL[name].replace("/* filters */", filters), *arguments)


async def list_parts(connection: Connection, deployment: UUID) -> list[Any]:
    """Return what a deployment changes: service, release, the release before, whether live."""
    return list(await connection.fetch(_SQL["list_parts"], deployment))


async def read_releases(connection: Connection, releases: Iterable[UUID]) -> dict[UUID, Any]:
    """Return releases by id."""
    rows = await connection.fetch(_SQL["read_releases"], list(releases))
    return {row["id"]: row for row in rows}


async def list_approvals(connection: Connection, deployment: UUID) -> list[Any]:
    """Return the decisions, oldest first."""
    return list(await connection.fetch(_SQL["list_approvals"], deployment))


async def list_artifacts(connection: Connection, deployment: UUID) -> list[Any]:
    """Return what is attached, oldest first."""
    return list(await connection.fetch(_SQL["list_artifacts"], deployment))


async def read_rollback(connection: Connection, deployment: UUID) -> UUID | None:
    """Return the deployment that goes, or went, back from this one."""
    found: UUID | None = await connection.fetchval(_SQL["read_rollback"], deployment)
    return found


async def list_live(connection: Connection) -> list[Any]:
    """Return what is live, by environment and service."""
    return list(await connection.fetch(_SQL["list_live"]))


async def list_coming(connection: Connection) -> list[Any]:
    """Return the deployment of each service that is at work, else the latest that waits."""
    return list(await connection.fetch(_SQL["list_coming"]))


async def lock_deployment(connection: Connection, deployment: UUID) -> Any:
    """Return a deployment that nobody else can change until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["lock_deployment"], deployment)


async def move(
    connection: Connection, deployment: UUID, state: str, reason: str, *, finished: bool
) -> None:
    """Write the next state; one that is finished has no lease."""
    await connection.execute(_SQL["move"], deployment, state, reason, finished)


async def touch(connection: Connection, deployment: UUID) -> None:
    """Count a change of what belongs to a deployment."""
    await connection.execute(_SQL["touch"], deployment)


async def begin_parts(connection: Connection, deployment: UUID) -> None:
    """Keep others from its services, and note what is live in them.

    Raises:
        Conflict: another deployment is at one of them.
    """
    try:
        await connection.execute(_SQL["begin_parts"], deployment)
    except asyncpg.UniqueViolationError as error:
        raise Conflict("another deployment of the service is under way") from error


async def end_parts(connection: Connection, deployment: UUID) -> None:
    """Let others at its services."""
    await connection.execute(_SQL["end_parts"], deployment)


async def mark_live(connection: Connection, deployment: UUID) -> None:
    """Make it what is live of its services."""
    await connection.execute(_SQL["replace_live"], deployment)
    await connection.execute(_SQL["mark_live"], deployment)


async def decide(
    connection: Connection, deployment: UUID, user: str, new: schemas.NewApproval
) -> None:
    """Note what a user decided, in place of what he decided before."""
    await connection.execute(_SQL["decide"], deployment, user, new.decision, new.note)


async def count_approvals(connection: Connection, deployment: UUID, requester: Any) -> int:
    """Count who approves; the requester never does."""
    return int(await connection.fetchval(_SQL["count_approvals"], deployment, requester))


async def attach(connection: Connection, deployment: UUID, new: schemas.NewArtifact) -> bool:
    """Attach an artifact; False when it is attached already."""
    found = await connection.fetchval(_SQL["attach"], deployment, new.artifact, new.kind)
    return found is not None


async def next_abandoned(
    connection: Connection, environment: str, services: list[str] | None
) -> UUID | None:
    """Return and lock the oldest deployment whose agent's lease has ended."""
    found: UUID | None = await connection.fetchval(_SQL["next_abandoned"], environment, services)
    return found


async def next_planned(
    connection: Connection, environment: str, services: list[str] | None
) -> UUID | None:
    """Return and lock the oldest deployment that is planned and whose services are free."""
    found: UUID | None = await connection.fetchval(_SQL["next_planned"], environment, services)
    return found


async def lease(
    connection: Connection, deployment: UUID, agent: str, token: UUID, seconds: int
) -> datetime:
    """Give a deployment to an agent; return until when."""
    until: datetime = await connection.fetchval(
        _SQL["lease"], deployment, agent, token, float(seconds)
    )
    return until


async def renew(
    connection: Connection, deployment: UUID, token: UUID, seconds: int
) -> datetime | None:
    """Prolong a lease; None when it is another's, or there is nothing to do any more."""
    until: datetime | None = await connection.fetchval(
        _SQL["renew"], deployment, token, float(seconds)
    )
    return until
