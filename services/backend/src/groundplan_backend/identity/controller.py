"""Routes of the signed-in person: sign in, refresh, sign out, sessions, and the public keys."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import (
    AccountLocked,
    InvalidCredentials,
    RateLimited,
    SessionEnded,
)
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity import schemas
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.factors.schemas import MfaDue
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.service import Granted, IdentityService, Origin
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/identity"


class IdentityController:
    """Answers for `/api/v1/identity`, users aside."""

    def __init__(self, service: IdentityService, keys: KeyRing, cookie: RefreshCookie) -> None:
        self._service = service
        self._keys = keys
        self._cookie = cookie

    @operation(
        "POST",
        f"{_PREFIX}/sign-in",
        "Sign in with e-mail address and password",
        body=schemas.SignIn,
        answer=schemas.SignedIn | MfaDue,
        cookie=True,
        errors=(InvalidCredentials, AccountLocked, RateLimited),
    )
    async def sign_in(self, exchange: Exchange, body: schemas.SignIn) -> Reply:
        """Start a session, or say which second factor is due and with what to go on."""
        granted = await self._service.sign_in(body.email, body.password, origin(exchange))
        if isinstance(granted, MfaDue):
            return reply.json(granted)
        return self._grant(granted, in_body=body.delivery == "body")

    @operation(
        "POST",
        f"{_PREFIX}/refresh",
        "Trade the refresh token, from the cookie or the body, for the next one",
        body=schemas.Refresh,
        body_required=False,
        answer=schemas.SignedIn,
        cookie=True,
        errors=(SessionEnded,),
    )
    async def refresh(self, exchange: Exchange, body: schemas.Refresh | None) -> Reply:
        """Continue a session."""
        token = body.refresh_token if body else self._cookie.read(exchange.headers)
        if token is None:
            raise SessionEnded("there is no refresh token")
        granted = await self._service.refresh(token, origin(exchange))
        return self._grant(granted, in_body=body is not None)

    @operation(
        "POST",
        f"{_PREFIX}/sign-out",
        "End the caller's session",
        role=Role.VIEWER,
        status=204,
        cookie=True,
    )
    async def sign_out(self, exchange: Exchange) -> Reply:
        """End this session."""
        caller = exchange.signed_in()
        await self._service.end(caller.subject, caller.session, actor(exchange))
        return self._signed_out()

    @operation(
        "POST",
        f"{_PREFIX}/sign-out-everywhere",
        "End all sessions of the caller",
        role=Role.VIEWER,
        status=204,
        cookie=True,
    )
    async def sign_out_everywhere(self, exchange: Exchange) -> Reply:
        """End every session."""
        await self._service.end_all(exchange.signed_in().subject, actor(exchange))
        return self._signed_out()

    @operation("GET", f"{_PREFIX}/me", "Read the caller", role=Role.VIEWER, answer=schemas.Me)
    async def read_me(self, exchange: Exchange) -> Reply:
        """Tell who calls."""
        caller = exchange.signed_in()
        return reply.json(await self._service.me(caller.subject, caller.session))

    @operation(
        "GET",
        f"{_PREFIX}/sessions",
        "List the caller's sessions",
        role=Role.VIEWER,
        answer=schemas.SessionPage,
    )
    async def list_sessions(self, exchange: Exchange) -> Reply:
        """List sessions that have not ended."""
        caller = exchange.signed_in()
        return reply.json(await self._service.sessions(caller.subject, caller.session))

    @operation(
        "DELETE",
        f"{_PREFIX}/sessions/{{session:uuid}}",
        "End one of the caller's sessions",
        role=Role.VIEWER,
        status=204,
    )
    async def delete_session(self, exchange: Exchange, session: UUID) -> Reply:
        """End one session."""
        caller = exchange.signed_in()
        await self._service.end_one(caller.subject, str(session), actor(exchange))
        return reply.empty()

    @operation(
        "GET",
        f"{_PREFIX}/jwks",
        "Read the public keys of access tokens",
        answer=schemas.JsonWebKeySet,
    )
    async def read_keys(self, exchange: Exchange) -> Reply:
        """Publish the keys, from memory."""
        return reply.json(self._keys.public())

    def _grant(self, granted: Granted, *, in_body: bool) -> Reply:
        if in_body:
            granted.answer.refresh_token = granted.refresh_token
            return reply.json(granted.answer)
        return reply.json(granted.answer, headers=[self._cookie.write(granted.refresh_token)])

    def _signed_out(self) -> Reply:
        answer = reply.empty()
        return Reply(answer.status, (*answer.headers, self._cookie.clear()), answer.body)


def actor(exchange: Exchange) -> Actor:
    """Return the caller as the audit record names him."""
    return Actor.of(exchange)


def origin(exchange: Exchange) -> Origin:
    """Return where a request without an identity comes from."""
    return Origin(
        exchange.address,
        exchange.agent,
        exchange.request_id.decode("latin-1"),
        exchange.trace_id,
    )
