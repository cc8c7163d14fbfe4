"""Routes of a sign-in that goes on after the password: second factors, and setting one up."""

from groundplan_backend.errors import (
    AccountLocked,
    ChallengeEnded,
    Conflict,
    InvalidCredentials,
    InvalidProof,
)
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Header, Reply
from groundplan_backend.identity.controller import origin
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.factors import schemas
from groundplan_backend.identity.factors.sign_in import Enrolled, SignIn
from groundplan_backend.identity.schemas import SignedIn
from groundplan_backend.identity.service import Granted

_PREFIX = "/api/v1/identity/sign-in"
_REFUSALS = (ChallengeEnded, InvalidProof, InvalidCredentials)


class SignInController:
    """Answers below `/api/v1/identity/sign-in`."""

    def __init__(self, service: SignIn, cookie: RefreshCookie) -> None:
        self._service = service
        self._cookie = cookie

    @operation(
        "POST",
        f"{_PREFIX}/totp",
        "Finish a sign-in with a code of the code generator",
        body=schemas.CodeSignIn,
        answer=SignedIn,
        cookie=True,
        errors=(*_REFUSALS, AccountLocked),
    )
    async def sign_in_with_code(self, exchange: Exchange, body: schemas.CodeSignIn) -> Reply:
        """Start the session. A code is taken once, in its own half minute or one beside it."""
        granted = await self._service.with_code(body.challenge, body.code, origin(exchange))
        return self._grant(granted, body.delivery)

    @operation(
        "POST",
        f"{_PREFIX}/recovery",
        "Finish a sign-in with a recovery code",
        body=schemas.RecoverySignIn,
        answer=SignedIn,
        cookie=True,
        errors=(*_REFUSALS, AccountLocked),
    )
    async def sign_in_with_recovery_code(
        self, exchange: Exchange, body: schemas.RecoverySignIn
    ) -> Reply:
        """Start the session; the code is used up."""
        granted = await self._service.with_recovery_code(
            body.challenge, body.code, origin(exchange)
        )
        return self._grant(granted, body.delivery)

    @operation(
        "POST",
        f"{_PREFIX}/passkey",
        "Finish a sign-in with a passkey",
        body=schemas.PasskeySignIn,
        answer=SignedIn,
        cookie=True,
        errors=_REFUSALS,
    )
    async def sign_in_with_passkey(self, exchange: Exchange, body: schemas.PasskeySignIn) -> Reply:
        """Start the session."""
        granted = await self._service.with_passkey(
            body.challenge, body.credential, origin(exchange)
        )
        return self._grant(granted, body.delivery)

    @operation(
        "POST",
        f"{_PREFIX}/enrol/totp",
        "Begin to set up a code generator within a sign-in",
        body=schemas.ChallengeOnly,
        answer=schemas.TotpEnrolment,
        errors=_REFUSALS,
    )
    async def begin_code_generator_in_sign_in(
        self, exchange: Exchange, body: schemas.ChallengeOnly
    ) -> Reply:
        """Make a secret; nothing is kept before its first code comes back."""
        return reply.json(await self._service.begin_totp(body.challenge))

    @operation(
        "POST",
        f"{_PREFIX}/enrol/totp/confirm",
        "Set up the code generator and finish the sign-in",
        body=schemas.ConfirmTotpSignIn,
        answer=schemas.EnrolledSignIn,
        cookie=True,
        errors=(*_REFUSALS, Conflict),
    )
    async def confirm_code_generator_in_sign_in(
        self, exchange: Exchange, body: schemas.ConfirmTotpSignIn
    ) -> Reply:
        """Keep the factor, start the session and hand out recovery codes."""
        enrolled = await self._service.enrol_totp(body, origin(exchange))
        return self._enrolled(enrolled, body.delivery)

    @operation(
        "POST",
        f"{_PREFIX}/enrol/passkey",
        "Begin to make a passkey within a sign-in",
        body=schemas.ChallengeOnly,
        answer=schemas.PasskeyEnrolment,
        errors=_REFUSALS,
    )
    async def begin_passkey_in_sign_in(
        self, exchange: Exchange, body: schemas.ChallengeOnly
    ) -> Reply:
        """Say what the browser needs to make one."""
        return reply.json(await self._service.begin_passkey(body.challenge))

    @operation(
        "POST",
        f"{_PREFIX}/enrol/passkey/confirm",
        "Keep the passkey and finish the sign-in",
        body=schemas.ConfirmPasskeySignIn,
        answer=schemas.EnrolledSignIn,
        cookie=True,
        errors=(*_REFUSALS, Conflict),
    )
    async def confirm_passkey_in_sign_in(
        self, exchange: Exchange, body: schemas.ConfirmPasskeySignIn
    ) -> Reply:
        """Keep the factor, start the session and hand out recovery codes."""
        enrolled = await self._service.enrol_passkey(body, origin(exchange))
        return self._enrolled(enrolled, body.delivery)

    def _grant(self, granted: Granted, delivery: schemas.Delivery) -> Reply:
        headers = self._deliver(granted, delivery)
        return reply.json(granted.answer, headers=headers)

    def _enrolled(self, enrolled: Enrolled, delivery: schemas.Delivery) -> Reply:
        headers = self._deliver(enrolled.granted, delivery)
        answer = schemas.EnrolledSignIn(
            factor=enrolled.factor.factor,
            recovery_codes=enrolled.factor.recovery_codes,
            signed_in=enrolled.granted.answer,
        )
        return reply.json(answer, headers=headers)

    def _deliver(self, granted: Granted, delivery: schemas.Delivery) -> list[Header]:
        if delivery == "cookie":
            return [self._cookie.write(granted.refresh_token)]
        granted.answer.refresh_token = granted.refresh_token
        return []
