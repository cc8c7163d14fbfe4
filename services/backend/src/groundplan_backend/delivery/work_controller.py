"""Routes of those who carry deployments out: agents and workflows."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.delivery import schemas
from groundplan_backend.delivery.work_service import WorkService
from groundplan_backend.errors import (
    Conflict,
    IllegalTransition,
    LeaseLost,
    PreconditionFailed,
)
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/delivery"
_DEPLOYMENT = f"{_PREFIX}/deployments/{{deployment:uuid}}"


class WorkController:
    """Answers for `/api/v1/delivery/work` and for reports on deployments."""

    def __init__(self, service: WorkService) -> None:
        self._service = service

    @operation(
        "POST",
        f"{_PREFIX}/work",
        "Take the next deployment of an environment",
        role=Role.OPERATOR,
        scope="delivery",
        body=schemas.WorkQuestion,
        answer=schemas.WorkAnswer,
    )
    async def take_work(self, exchange: Exchange, body: schemas.WorkQuestion) -> Reply:
        """Take what an agent has left behind, else the oldest that is planned, now applying."""
        return reply.json(await self._service.take(body, Actor.of(exchange)))

    @operation(
        "PUT",
        f"{_DEPLOYMENT}/lease",
        "Keep a deployment for longer",
        role=Role.OPERATOR,
        scope="delivery",
        body=schemas.LeaseRenewal,
        answer=schemas.Lease,
        errors=(LeaseLost,),
    )
    async def renew_lease(
        self, exchange: Exchange, deployment: UUID, body: schemas.LeaseRenewal
    ) -> Reply:
        """Renew before it ends."""
        return reply.json(await self._service.renew(deployment, body))

    @operation(
        "POST",
        f"{_DEPLOYMENT}/transitions",
        "Report the next state of a deployment",
        role=Role.OPERATOR,
        scope="delivery",
        body=schemas.NewTransition,
        answer=schemas.DeploymentDetail,
        errors=(Conflict, IllegalTransition, LeaseLost, PreconditionFailed),
        reads={"If-Match": "The ETag of the version to change."},
    )
    async def report_transition(
        self, exchange: Exchange, deployment: UUID, body: schemas.NewTransition
    ) -> Reply:
        """Report; who holds the lease may say the same step twice."""
        moved = await self._service.move(deployment, body, exchange.headers, Actor.of(exchange))
        return reply.json(moved, headers=[precondition.etag(moved.revision)])

    @operation(
        "POST",
        f"{_DEPLOYMENT}/progress",
        "Report how far a deployment has come",
        role=Role.OPERATOR,
        scope="delivery",
        status=204,
        body=schemas.NewProgress,
        errors=(IllegalTransition, LeaseLost),
    )
    async def report_progress(
        self, exchange: Exchange, deployment: UUID, body: schemas.NewProgress
    ) -> Reply:
        """Tell those who follow; the state stays."""
        await self._service.progress(deployment, body, Actor.of(exchange))
        return reply.empty()
