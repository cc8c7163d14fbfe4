"""A deployment with all that belongs to it, read on one connection."""

from typing import Any
from uuid import UUID

from groundplan_backend.delivery import repository, schemas
from groundplan_backend.errors import NotFound
from groundplan_backend.postgres.pool import Connection


async def detail(connection: Connection, deployment: UUID) -> schemas.DeploymentDetail:
    """Return the deployment as the transaction sees it.

    Raises:
        NotFound: there is none.
    """
    row = await repository.read_deployment(connection, deployment)
    if row is None:
        raise NotFound("there is no such deployment")
    parts = await repository.list_parts(connection, deployment)
    approvals = await repository.list_approvals(connection, deployment)
    artifacts = await repository.list_artifacts(connection, deployment)
    rolled_back_by = await repository.read_rollback(connection, deployment)
    return schemas.DeploymentDetail(
        **row,
        releases=await _delivered(connection, parts),
        approvals=[schemas.Approval(**one) for one in approvals],
        artifacts=[schemas.AttachedArtifact(**one) for one in artifacts],
        rolled_back_by=rolled_back_by,
        can_roll_back=rolled_back_by is None and can_roll_back(row["state"], parts),
    )


def can_roll_back(state: str, parts: list[Any]) -> bool:
    """Say whether nothing came after it, and there is something to go back to."""
    if not parts or not all(part["previous_id"] for part in parts):
        return False
    if state == "live":
        return all(part["live"] for part in parts)
    return state == "failed" and all(part["previous_id"] == part["live_id"] for part in parts)


async def _delivered(connection: Connection, parts: list[Any]) -> list[schemas.Delivered]:
    wanted = {part[name] for part in parts for name in ("release_id", "previous_id")} - {None}
    rows = await repository.read_releases(connection, wanted)
    releases = {number: schemas.Release(**row) for number, row in rows.items()}
    return [
        schemas.Delivered(
            service=part["service"],
            release=releases[part["release_id"]],
            previous=releases.get(part["previous_id"]),
        )
        for part in parts
        if part["release_id"]
    ]


async def live(connection: Connection) -> dict[str, list[schemas.LiveService]]:
    """Return what is live and on its way, by environment; services in order of their names."""
    standing = {_place(row): row for row in await repository.list_live(connection)}
    coming = {_place(row): row for row in await repository.list_coming(connection)}
    wanted = {row["release_id"] for row in standing.values()} - {None}
    releases = await repository.read_releases(connection, wanted)
    found: dict[str, list[schemas.LiveService]] = {}
    for environment, service in sorted({*standing, *coming}):
        now, next_ = standing.get((environment, service)), coming.get((environment, service))
        release = releases.get(now["release_id"]) if now else None
        shown = schemas.LiveService(
            service=service,
            release=schemas.Release(**release) if release else None,
            deployment=now["deployment_id"] if now else None,
            since=now["finished_at"] if now else None,
            coming=next_["deployment_id"] if next_ else None,
            coming_state=next_["state"] if next_ else None,
        )
        found.setdefault(environment, []).append(shown)
    return found


def _place(row: Any) -> tuple[str, str]:
    return row["environment"], row["service"]
