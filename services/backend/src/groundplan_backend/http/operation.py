"""What a handler promises: route, role, query, body, answer and errors.

The promise stands as a decorator on the handler. Routing obeys it, and the OpenAPI document
is written from it, so that neither can disagree with the other.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

import msgspec

from groundplan_backend.errors import BackendError
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Handler = Callable[..., Awaitable[Reply]]
F = TypeVar("F", bound=Handler)

_ATTRIBUTE: Final = "__operation__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path. `role` None is for everybody; `{name:str}` is Litestar's form."""

    method: Method
    path: str
    summary: str
    role: Role | None = None
    status: int = 200
    answer: Any = None
    query: type[msgspec.Struct] | None = None
    body: type[msgspec.Struct] | None = None
    body_required: bool = True
    errors: tuple[type[BackendError], ...] = ()
    cached: bool = False
    idempotent: bool = False
    cookie: bool = False
    media_type: str = "application/json"
    content: dict[str, Any] | None = None


def operation(method: Method, path: str, summary: str, **promise: Any) -> Callable[[F], F]:
    """Declare the handler below; it gets the exchange, path parameters, `query` and `body`."""

    def declare(handler: F) -> F:
        declared = Operation(method=method, path=path, summary=summary, **promise)
        setattr(handler, _ATTRIBUTE, declared)
        return handler

    return declare


def handlers_of(controller: object) -> list[tuple[Operation, Handler]]:
    """Return the declared handlers of a controller (or of its class) in order of writing."""
    kind = controller if isinstance(controller, type) else type(controller)
    return [
        (getattr(member, _ATTRIBUTE), getattr(controller, name))
        for name, member in vars(kind).items()
        if hasattr(member, _ATTRIBUTE)
    ]
