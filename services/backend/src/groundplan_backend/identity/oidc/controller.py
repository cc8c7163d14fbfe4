"""Routes of sign-in at a provider: begin it, come back from it, link and unlink."""

from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor, origin
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.oidc import schemas
from groundplan_backend.identity.oidc.cookie import StateCookie
from groundplan_backend.identity.oidc.service import OidcService
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/identity/oidc"


class OidcController:
    """Answers for `/api/v1/identity/oidc`."""

    def __init__(self, service: OidcService, cookie: RefreshCookie, state: StateCookie) -> None:
        self._service = service
        self._cookie = cookie
        self._state = state

    @operation(
        "GET",
        f"{_PREFIX}/provider",
        "Read where else one can sign in",
        answer=schemas.OidcProvider,
    )
    async def read_provider(self, exchange: Exchange) -> Reply:
        """Tell whether a provider is set, and its name."""
        return reply.json(self._service.provider())

    @operation(
        "POST",
        f"{_PREFIX}/start",
        "Begin to sign in at the provider",
        answer=schemas.OidcStart,
        cookie=True,
        errors=(NotFound,),
    )
    async def start_oidc(self, exchange: Exchange) -> Reply:
        """Return where to go; the cookie ties the way back to this browser."""
        begun = await self._service.begin(None)
        start = schemas.OidcStart(location=begun.location)
        return reply.json(start, headers=[self._state.write(begun.state)])

    @operation(
        "GET",
        f"{_PREFIX}/callback",
        "Come back from the provider",
        status=303,
        query=schemas.OidcCallback,
        cookie=True,
        errors=(NotFound,),
    )
    async def finish_oidc(self, exchange: Exchange, query: schemas.OidcCallback) -> Reply:
        """Sign in or link, and send the browser on to the console, which shows what came of it."""
        held = self._state.read(exchange.headers)
        ended = await self._service.finish(query, held, origin(exchange))
        headers = [self._state.clear()]
        if ended.refresh_token is not None:
            headers.append(self._cookie.write(ended.refresh_token))
        return reply.redirect(ended.location, headers)

    @operation(
        "GET",
        f"{_PREFIX}/links",
        "List who the caller is at the provider",
        role=Role.VIEWER,
        answer=schemas.OidcLinks,
    )
    async def list_oidc_links(self, exchange: Exchange) -> Reply:
        """List the caller's links."""
        return reply.json(await self._service.links(exchange.signed_in().subject))

    @operation(
        "POST",
        f"{_PREFIX}/links",
        "Begin to link the caller to the provider",
        role=Role.VIEWER,
        step_up=True,
        answer=schemas.OidcStart,
        cookie=True,
        errors=(NotFound, Conflict),
    )
    async def link_oidc(self, exchange: Exchange) -> Reply:
        """Return where to go; who comes back is linked to the caller."""
        begun = await self._service.begin(exchange.signed_in().subject)
        start = schemas.OidcStart(location=begun.location)
        return reply.json(start, headers=[self._state.write(begun.state)])

    @operation(
        "DELETE",
        f"{_PREFIX}/links",
        "Unlink the caller from the provider",
        role=Role.VIEWER,
        step_up=True,
        status=204,
        errors=(NotFound,),
    )
    async def unlink_oidc(self, exchange: Exchange) -> Reply:
        """Unlink; the password is the way in again."""
        await self._service.unlink(exchange.signed_in().subject, actor(exchange))
        return reply.empty()
