"""Routes of deployments as people use them: request, look, decide, go back."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.delivery import event_schemas, schemas
from groundplan_backend.delivery.approval_service import ApprovalService
from groundplan_backend.delivery.schemas import DeploymentDetail
from groundplan_backend.delivery.service import DeploymentService
from groundplan_backend.errors import Conflict, IllegalTransition, OwnRequest, PreconditionFailed
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_DEPLOYMENTS = "/api/v1/delivery/deployments"
_DEPLOYMENT = f"{_DEPLOYMENTS}/{{deployment:uuid}}"


class DeploymentController:
    """Answers for `/api/v1/delivery/deployments` and the environments."""

    def __init__(self, service: DeploymentService, approvals: ApprovalService) -> None:
        self._service = service
        self._approvals = approvals

    @operation(
        "GET",
        "/api/v1/delivery/environments",
        "List the environments and what is live in them",
        role=Role.VIEWER,
        scope="delivery",
        answer=schemas.DeliveryEnvironmentPage,
    )
    async def list_delivery_environments(self, exchange: Exchange) -> Reply:
        """List in the file's order."""
        return reply.json(await self._service.environments())

    @operation(
        "GET",
        _DEPLOYMENTS,
        "List and filter the deployments",
        role=Role.VIEWER,
        scope="delivery",
        query=schemas.DeploymentQuery,
        answer=schemas.DeploymentPage,
    )
    async def list_deployments(self, exchange: Exchange, query: schemas.DeploymentQuery) -> Reply:
        """List, latest first."""
        return reply.json(await self._service.deployments(query))

    @operation(
        "POST",
        _DEPLOYMENTS,
        "Request a deployment",
        role=Role.OPERATOR,
        scope="delivery",
        status=201,
        body=schemas.NewDeployment,
        answer=schemas.DeploymentDetail,
        idempotent=True,
    )
    async def create_deployment(
        self, exchange: Exchange, body: schemas.NewDeployment, key: str | None
    ) -> Reply:
        """Request; it is planned at once, or awaits approval where the environment asks for it."""
        created = await self._service.create(body, key, Actor.of(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "GET",
        _DEPLOYMENT,
        "Read a deployment",
        role=Role.VIEWER,
        scope="delivery",
        answer=schemas.DeploymentDetail,
    )
    async def read_deployment(self, exchange: Exchange, deployment: UUID) -> Reply:
        """Read one, with its releases, approvals and artifacts."""
        return _versioned(await self._service.deployment(deployment))

    @operation(
        "GET",
        f"{_DEPLOYMENT}/events",
        "List what happened to a deployment",
        role=Role.VIEWER,
        scope="delivery",
        query=event_schemas.EventQuery,
        answer=event_schemas.DeliveryEventPage,
    )
    async def list_deployment_events(
        self, exchange: Exchange, deployment: UUID, query: event_schemas.EventQuery
    ) -> Reply:
        """List, oldest first."""
        return reply.json_bytes(await self._service.events(deployment, query))

    @operation(
        "POST",
        f"{_DEPLOYMENT}/approvals",
        "Approve or reject a deployment",
        role=Role.OPERATOR,
        step_up=True,
        body=schemas.NewApproval,
        answer=schemas.DeploymentDetail,
        errors=(OwnRequest, IllegalTransition, PreconditionFailed),
        reads={"If-Match": "The ETag of the version to change."},
    )
    async def approve_deployment(
        self, exchange: Exchange, deployment: UUID, body: schemas.NewApproval
    ) -> Reply:
        """Decide on what another has requested; enough approvals let it go on."""
        decided = await self._approvals.decide(
            deployment, body, exchange.headers, Actor.of(exchange)
        )
        return _versioned(decided)

    @operation(
        "POST",
        f"{_DEPLOYMENT}/rollbacks",
        "Go back to the releases that a deployment replaced",
        role=Role.OPERATOR,
        scope="delivery",
        status=201,
        body=schemas.NewRollback,
        answer=schemas.DeploymentDetail,
        errors=(Conflict,),
        idempotent=True,
    )
    async def roll_back_deployment(
        self, exchange: Exchange, deployment: UUID, body: schemas.NewRollback, key: str | None
    ) -> Reply:
        """Request a deployment of the former releases; it needs no approval of its own."""
        created = await self._service.roll_back(deployment, body, key, Actor.of(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "POST",
        f"{_DEPLOYMENT}/artifacts",
        "Attach an artifact to a deployment",
        role=Role.OPERATOR,
        scope="delivery",
        body=schemas.NewArtifact,
        answer=schemas.DeploymentDetail,
    )
    async def attach_artifact(
        self, exchange: Exchange, deployment: UUID, body: schemas.NewArtifact
    ) -> Reply:
        """Attach a plan, a cost or drift report, an SBOM, a log; twice is once."""
        return _versioned(await self._service.attach(deployment, body, Actor.of(exchange)))


def _versioned(deployment: DeploymentDetail) -> Reply:
    return reply.json(deployment, headers=[precondition.etag(deployment.revision)])
