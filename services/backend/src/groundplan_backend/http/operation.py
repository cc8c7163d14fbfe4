"""What a handler promises: route, role, query, body, answer and errors.

The promise stands as a decorator on the handler. Routing obeys it, and the OpenAPI document
is written from it, so that neither can disagree with the other.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
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
    """One method on one path. `role` None is for everybody; `{name:str}` is Litestar's form.

    `answer` and `body` are a struct or a union of structs. With `step_up` the session must have
    been proven lately. `scope` is what an API token needs, `<scope>:read` or `<scope>:write`;
    without one the operation is for people's sessions only.
    """

    method: Method
    path: str
    summary: str
    role: Role | None = None
    status: int = 200
    answer: Any = None
    query: type[msgspec.Struct] | None = None
    body: Any = None
    body_required: bool = True
    errors: tuple[type[BackendError], ...] = ()
    cached: bool = False
    idempotent: bool = False
    cookie: bool = False
    step_up: bool = False
    scope: str | None = None
    replicated: bool = False
    """A replica of the database may answer, once it has what the caller wrote last."""
    stream: bool = False
    """The handler reads the body, or answers, piece by piece: time runs only between pieces."""
    also: Mapping[int, str] = field(default_factory=dict)
    """Other statuses that are no refusals, and what each means."""
    forms: Mapping[str, str] = field(default_factory=dict)
    """Patterns of path parameters whose form is another than that of names."""
    reads: Mapping[str, str] = field(default_factory=dict)
    """Request headers that the handler reads, and what each is for."""
    media_type: str = "application/json"
    content: dict[str, Any] | None = None

    @property
    def needed_scope(self) -> str | None:
        """What the scope of an API token must hold; None: no token is let in."""
        if self.scope is None:
            return None
        return f"{self.scope}:{'read' if self.method == 'GET' else 'write'}"


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
