"""Declared operations as Litestar route handlers, and errors as problem documents.

A handler takes the bare request and returns an ASGI application: of Litestar's layers only
routing and error handling remain on the way, which costs about 12 µs a request.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

import structlog
from litestar import Request
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from groundplan_backend.errors import (
    BackendError,
    InsufficientScope,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
)
from groundplan_backend.http import decode, reply
from groundplan_backend.http.caller import Caller, Guard, require
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.freshness import Freshness, allowed
from groundplan_backend.http.operation import Handler, Operation, handlers_of
from groundplan_contracts.identity import Role

StepUp = Callable[[Caller], Awaitable[None]]
"""Raises StepUpRequired when the caller's session was not proven lately."""
ErrorHandlers = dict[int | type[Exception], Callable[[Any, Any], Any]]

_PARAMETER: Final = re.compile(r"\{[^}]*\}")
_DRAINED: Final = 64 << 20
"""Bytes of a refused stream that are still read, as many as the largest part has."""
_log: Final = structlog.get_logger("backend.http")


def route_handlers(
    controllers: Iterable[object],
    guard: Guard,
    step_up: StepUp | None = None,
    freshness: Freshness | None = None,
) -> list[HTTPRouteHandler]:
    """Return a Litestar handler for every declared operation, and one for OPTIONS a path.

    `step_up` is asked before every operation that is declared with it; `freshness` is told of
    every change, and says what a replica of the database must have before it may be read.
    """
    declared = [one for controller in controllers for one in handlers_of(controller)]
    methods = _methods(operation for operation, _ in declared)
    # OPTIONS first: a path that has it already gets no incomplete one from Litestar.
    return [
        *(_options_handler(path, allow) for path, allow in methods.items()),
        *(
            _route_handler(operation, _fresh(operation, handler, freshness), door)
            for operation, handler in declared
            for door in (_Door(guard, step_up, operation),)
        ),
    ]


def _methods(operations: Iterable[Operation]) -> dict[str, str]:
    """Return what `Allow` says of every path."""
    found: dict[str, set[str]] = {}
    for operation in operations:
        found.setdefault(operation.path, {"OPTIONS"}).add(operation.method)
    return {path: ", ".join(sorted(words)) for path, words in found.items()}


def _options_handler(path: str, allow: str) -> HTTPRouteHandler:
    async def endpoint() -> ASGIApp:
        return reply.Reply(204, ((b"allow", allow.encode()),), b"")

    return HTTPRouteHandler(path, http_method="OPTIONS", status_code=200)(endpoint)


class _Door:
    """What stands before one operation that is not for everybody."""

    def __init__(self, guard: Guard, step_up: StepUp | None, operation: Operation) -> None:
        if operation.step_up:
            assert step_up is not None, "nobody answers for step-up"
            assert operation.role is not None, "step-up is for somebody with a session"
        self._guard = guard
        self._step_up = step_up if operation.step_up else None
        self._scope = operation.needed_scope

    async def admit(self, exchange: Exchange, least: Role) -> None:
        """Note the caller in the exchange, and raise what keeps him out."""
        caller = exchange.caller = self._guard.identify(exchange.headers)
        require(caller, least)
        if caller.scopes is not None:
            self._check_scope(caller.scopes)
        if self._step_up is not None:
            await self._step_up(caller)

    def _check_scope(self, scopes: frozenset[str]) -> None:
        if self._step_up is not None or self._scope is None:
            raise InsufficientScope("API tokens cannot do this; sign in as a person")
        if self._scope not in scopes:
            raise InsufficientScope(f"needs a token with the scope {self._scope}")


def _fresh(operation: Operation, handler: Handler, freshness: Freshness | None) -> Handler:
    """Return the handler with what a replica of the database asks for around it."""
    if freshness is None or operation.role is None:
        return handler

    async def read(exchange: Exchange, **arguments: Any) -> reply.Reply:
        with allowed(await freshness.position(exchange.signed_in())):
            return await handler(exchange, **arguments)

    async def change(exchange: Exchange, **arguments: Any) -> reply.Reply:
        answer = await handler(exchange, **arguments)
        await freshness.note(exchange.signed_in())
        return answer

    if operation.method != "GET":
        return change
    return read if operation.replicated else handler


def _route_handler(operation: Operation, handler: Handler, door: _Door) -> HTTPRouteHandler:
    role, query, body = operation.role, operation.query, operation.body

    async def endpoint(request: Request[Any, Any, Any]) -> ASGIApp:
        exchange = _of(request)
        scope = exchange.scope
        if role is not None:
            await door.admit(exchange, role)
        arguments: dict[str, Any] = dict(scope["path_params"])
        if query is not None:
            arguments["query"] = decode.query(query, scope["query_string"])
        if body is not None:
            arguments["body"] = await _body(exchange, operation)
        if operation.idempotent:
            arguments["key"] = decode.idempotency_key(exchange.headers)
        return await handler(exchange, **arguments)

    async def drained(request: Request[Any, Any, Any]) -> ASGIApp:
        try:
            return await endpoint(request)
        except BackendError:
            await _of(request).drain(_DRAINED)
            raise

    takes_stream = operation.stream and operation.method in ("POST", "PUT")
    # The reply carries the true status; Litestar only checks this one against the signature.
    return HTTPRouteHandler(operation.path, http_method=operation.method, status_code=200)(
        drained if takes_stream else endpoint
    )


async def _body(exchange: Exchange, operation: Operation) -> Any:
    raw = await exchange.body()
    if not raw and not operation.body_required:
        return None
    return decode.body(operation.body or dict, raw, exchange.headers.get(b"content-type", b""))


def error_handlers(operations: Iterable[Operation]) -> ErrorHandlers:
    """Return what Litestar calls for an exception: everything becomes a problem document."""
    allowed = {
        re.compile(_PARAMETER.sub("[^/]+", path)): allow
        for path, allow in _methods(operations).items()
    }

    def of_litestar(request: Any, error: HTTPException) -> reply.Reply:
        return reply.refusal(_translated(error, request.scope["path"], allowed), _of(request))

    return {
        BackendError: lambda request, error: reply.refusal(error, _of(request)),
        HTTPException: of_litestar,
        Exception: _unexpected,
    }


def _of(request: Any) -> Exchange:
    exchange: Exchange = request.scope["exchange"]
    return exchange


def _unexpected(request: Any, error: Exception) -> reply.Reply:
    exchange = _of(request)
    _log.error(
        "request failed",
        exc_info=error,
        request_id=exchange.request_id.decode(),
        trace_id=exchange.trace_id,
        path=exchange.scope["path"],
    )
    return reply.refusal(InternalError("an unexpected fault; name the request id"), exchange)


def _translated(
    error: HTTPException, path: str, allowed: dict[re.Pattern[str], str]
) -> BackendError:
    if isinstance(error, MethodNotAllowedException):
        allow = next((allow for form, allow in allowed.items() if form.fullmatch(path)), "")
        return MethodNotAllowed("no such method here", allow=allow)
    if isinstance(error, NotFoundException):
        return NotFound("there is nothing at this path")
    return InvalidRequest(str(error.detail) or "the request cannot be read")
