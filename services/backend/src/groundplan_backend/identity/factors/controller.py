"""Routes of second factors: the caller's own, and an administrator's reset of another's."""

from uuid import UUID

from groundplan_backend.errors import ChallengeEnded, Conflict, InvalidProof
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.factors import schemas
from groundplan_backend.identity.factors.service import FactorService
from groundplan_contracts.identity import Role

_FACTORS = "/api/v1/identity/factors"
_FACTOR = f"{_FACTORS}/{{factor:uuid}}"


class FactorController:
    """Answers for `/api/v1/identity/factors`."""

    def __init__(self, service: FactorService) -> None:
        self._service = service

    @operation(
        "GET",
        _FACTORS,
        "List the caller's factors",
        role=Role.VIEWER,
        answer=schemas.FactorPage,
    )
    async def list_factors(self, exchange: Exchange) -> Reply:
        """List what proves the caller beside the password, and count the recovery codes left."""
        caller = exchange.signed_in()
        return reply.json(await self._service.list(caller.subject, caller.role))

    @operation(
        "POST",
        f"{_FACTORS}/totp",
        "Begin to set up a code generator",
        role=Role.VIEWER,
        answer=schemas.TotpEnrolment,
        errors=(Conflict,),
        step_up=True,
    )
    async def begin_code_generator(self, exchange: Exchange) -> Reply:
        """Make a secret; nothing is kept before its first code comes back."""
        return reply.json(await self._service.begin_totp(exchange.signed_in().subject))

    @operation(
        "POST",
        f"{_FACTORS}/totp/confirm",
        "Set up the code generator",
        role=Role.VIEWER,
        status=201,
        body=schemas.ConfirmTotp,
        answer=schemas.EnrolledFactor,
        errors=(ChallengeEnded, InvalidProof, Conflict),
    )
    async def confirm_code_generator(self, exchange: Exchange, body: schemas.ConfirmTotp) -> Reply:
        """Keep the factor; the first one brings recovery codes."""
        return reply.json(await self._service.enrol_totp(body, actor(exchange)), status=201)

    @operation(
        "POST",
        f"{_FACTORS}/passkey",
        "Begin to make a passkey",
        role=Role.VIEWER,
        answer=schemas.PasskeyEnrolment,
        errors=(Conflict,),
        step_up=True,
    )
    async def begin_passkey(self, exchange: Exchange) -> Reply:
        """Say what the browser needs to make one."""
        return reply.json(await self._service.begin_passkey(exchange.signed_in().subject))

    @operation(
        "POST",
        f"{_FACTORS}/passkey/confirm",
        "Keep the passkey that was made",
        role=Role.VIEWER,
        status=201,
        body=schemas.ConfirmPasskey,
        answer=schemas.EnrolledFactor,
        errors=(ChallengeEnded, InvalidProof, Conflict),
    )
    async def confirm_passkey(self, exchange: Exchange, body: schemas.ConfirmPasskey) -> Reply:
        """Keep the factor; the first one brings recovery codes."""
        return reply.json(await self._service.enrol_passkey(body, actor(exchange)), status=201)

    @operation(
        "POST",
        f"{_FACTORS}/recovery-codes",
        "Make new recovery codes",
        role=Role.VIEWER,
        answer=schemas.RecoveryCodes,
        errors=(Conflict,),
        step_up=True,
    )
    async def renew_recovery_codes(self, exchange: Exchange) -> Reply:
        """Replace all recovery codes; those before are worth nothing."""
        return reply.json(await self._service.renew_recovery_codes(actor(exchange)))

    @operation(
        "PATCH",
        _FACTOR,
        "Rename a factor",
        role=Role.VIEWER,
        body=schemas.FactorChange,
        answer=schemas.Factor,
    )
    async def rename_factor(
        self, exchange: Exchange, factor: UUID, body: schemas.FactorChange
    ) -> Reply:
        """Change what a factor is called."""
        return reply.json(await self._service.rename(factor, body.name, actor(exchange)))

    @operation(
        "DELETE",
        _FACTOR,
        "Remove a factor",
        role=Role.VIEWER,
        status=204,
        errors=(Conflict,),
        step_up=True,
    )
    async def delete_factor(self, exchange: Exchange, factor: UUID) -> Reply:
        """Remove one; where the role demands a factor, the last one stays."""
        await self._service.remove(factor, exchange.signed_in().role, actor(exchange))
        return reply.empty()

    @operation(
        "DELETE",
        "/api/v1/identity/users/{user:uuid}/factors",
        "Remove all factors of a user who has lost them",
        role=Role.ADMINISTRATOR,
        status=204,
        errors=(Conflict,),
        step_up=True,
    )
    async def reset_factors(self, exchange: Exchange, user: UUID) -> Reply:
        """Remove factors and recovery codes; the user's sessions end."""
        await self._service.reset(user, actor(exchange))
        return reply.empty()
