"""Routes of step-up: proving a session anew before it may do what is dangerous."""

from groundplan_backend.errors import AccountLocked, ChallengeEnded, Conflict, InvalidProof
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.factors import schemas
from groundplan_backend.identity.factors.step_up import StepUp
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/identity/step-up"


class StepUpController:
    """Answers for `/api/v1/identity/step-up`."""

    def __init__(self, service: StepUp) -> None:
        self._service = service

    @operation(
        "POST",
        f"{_PREFIX}/challenge",
        "Ask how the session can be proven anew",
        role=Role.VIEWER,
        answer=schemas.StepUpDue,
    )
    async def begin_step_up(self, exchange: Exchange) -> Reply:
        """Say which proofs are taken; a user with a factor has to use it."""
        caller = exchange.signed_in()
        return reply.json(await self._service.begin(caller.subject, caller.session))

    @operation(
        "POST",
        _PREFIX,
        "Prove the session anew",
        role=Role.VIEWER,
        body=schemas.Proof,
        answer=schemas.SteppedUp,
        errors=(InvalidProof, ChallengeEnded, AccountLocked, Conflict),
    )
    async def step_up(self, exchange: Exchange, body: schemas.Proof) -> Reply:
        """Take the proof; for a while the session may do what needs one."""
        session = exchange.signed_in().session
        return reply.json(await self._service.prove(body, session, actor(exchange)))
