"""The OpenAPI 3.1 document, written from the declared operations and nothing else."""

import inspect
import re
from collections.abc import Iterable
from typing import Any, Final, get_args

import msgspec

from groundplan_backend import errors
from groundplan_backend.errors import BackendError
from groundplan_backend.http.operation import Handler, Operation, handlers_of
from groundplan_contracts import problem

NOT_MODIFIED: Final = 304
"""The one answer of success that never has a body."""
_PARAMETER: Final = re.compile(r"\{(\w+):(\w+)\}")
_SCHEMAS: Final = "#/components/schemas/"
_HEADERS: Final = "#/components/headers/"
_PATH_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "str": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"},
    "int": {"type": "integer", "minimum": 1, "maximum": 10_000},
}
_BYTES: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_ALWAYS: Final = (errors.InvalidRequest, errors.RateLimited, errors.InternalError)
_EXTRA_HEADERS: Final = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    416: ("Content-Range",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


class FieldFault(msgspec.Struct, forbid_unknown_fields=True):
    """One fault of a request: where and what."""

    path: str
    message: str


class Problem(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Why a request was refused or has failed (RFC 9457); `code` never changes its meaning."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str = ""
    errors: list[FieldFault] = []
    request_id: str = ""


def document(controllers: Iterable[object], version: str) -> dict[str, Any]:
    """Return the document of these controllers (instances or classes)."""
    declared = [
        (operation, handler)
        for controller in controllers
        for operation, handler in handlers_of(controller)
    ]
    paths: dict[str, dict[str, Any]] = {}
    for operation, handler in declared:
        path = _PARAMETER.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, handler)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Groundplan",
            "version": version,
            "description": "Identity, catalog, delivery and signals of the platform.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": _components([operation for operation, _ in declared]),
    }


def _operation(operation: Operation, handler: Handler) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": handler.__name__,
        "summary": operation.summary,
        "description": _described(operation, handler),
        "tags": [operation.path.split("/")[3] if operation.path.count("/") > 2 else "api"],
        "parameters": _parameters(operation),
        "responses": _responses(operation),
        "security": [{"bearer": []}] if operation.role else [],
    }
    if operation.body:
        described["requestBody"] = {
            "required": operation.body_required,
            "content": {"application/json": {"schema": _reference(operation.body)}},
        }
    elif operation.stream and operation.method in ("POST", "PUT"):
        described["requestBody"] = {"required": True, "content": _BYTES}
    return described


def _described(operation: Operation, handler: Handler) -> str:
    needs = f" Needs the role {operation.role.word}." if operation.role else " Needs no identity."
    if operation.step_up:
        needs += " The session must have been proven lately."
    if operation.scope:
        needs += f" An API token needs the scope {operation.needed_scope}."
    return (inspect.getdoc(handler) or "") + needs


def _reference(kind: Any) -> dict[str, Any]:
    members = [{"$ref": _SCHEMAS + one.__name__} for one in _members(kind)]
    return members[0] if len(members) == 1 else {"oneOf": members}


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) or (kind,)


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": _form(operation, name, kind)}
        for name, kind in _PARAMETER.findall(operation.path)
    ]
    if operation.query:
        found += _query_parameters(operation.query)
    if operation.cached:
        found.append(
            {
                "name": "Cache-Control",
                "in": "header",
                "description": "`no-cache` asks the database whatever the cache holds.",
                "schema": {"type": "string"},
            }
        )
    if operation.idempotent:
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "The same key and body within 24 hours get the same answer.",
                "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
            }
        )
    found += [
        {"name": name, "in": "header", "description": words, "schema": {"type": "string"}}
        for name, words in operation.reads.items()
    ]
    return found


def _form(operation: Operation, name: str, kind: str) -> dict[str, Any]:
    pattern = operation.forms.get(name)
    return {"type": "string", "pattern": pattern} if pattern else _PATH_SCHEMAS[kind]


def _query_parameters(query: type[msgspec.Struct]) -> list[dict[str, Any]]:
    (_, components) = msgspec.json.schema_components([query], ref_template=_SCHEMAS + "{name}")
    described = components[query.__name__]
    required = described.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": schema}
        for name, schema in described["properties"].items()
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    responses = {str(operation.status): _success(operation)}
    for status, words in operation.also.items():
        responses[str(status)] = {**_success(operation), "description": words}
        if status == NOT_MODIFIED:
            responses[str(status)].pop("content", None)
    by_status: dict[int, list[type[BackendError]]] = {}
    possible: list[type[BackendError]] = [*_ALWAYS, *_implied(operation), *operation.errors]
    for error in possible:
        known = by_status.setdefault(error.status, [])
        if error not in known:
            known.append(error)
    for status, kinds in sorted(by_status.items()):
        responses[str(status)] = {
            "description": " ".join(f"`{kind.code}`: {inspect.getdoc(kind)}" for kind in kinds),
            "headers": _headers("X-Request-Id", *_EXTRA_HEADERS.get(status, ())),
            "content": {problem.MEDIA_TYPE: {"schema": _reference(Problem)}},
        }
    return responses


def _implied(operation: Operation) -> list[type[BackendError]]:
    implied: list[type[BackendError]] = [errors.DependencyUnavailable]
    if operation.role:
        implied += [errors.Unauthenticated, errors.SessionEnded, errors.Forbidden]
        implied.append(errors.InsufficientScope)
    if operation.step_up:
        implied.append(errors.StepUpRequired)
    if _PARAMETER.search(operation.path) or operation.cached:
        implied.append(errors.NotFound)
    if operation.body:
        implied += [errors.PayloadTooLarge, errors.UnsupportedMediaType]
    if operation.idempotent:
        implied += [errors.IdempotencyKeyInProgress, errors.IdempotencyKeyReused]
    return implied


def _success(operation: Operation) -> dict[str, Any]:
    names = ["X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
    if operation.cached:
        names += ["Cache-Status", "Warning"]
    if operation.cookie:
        names.append("Set-Cookie")
    response: dict[str, Any] = {"description": "Done.", "headers": _headers(*names)}
    if operation.answer:
        response["content"] = {operation.media_type: {"schema": _reference(operation.answer)}}
    elif operation.content:
        response["content"] = operation.content
    return response


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": _HEADERS + name} for name in names}


def _components(operations: list[Operation]) -> dict[str, Any]:
    kinds: list[Any] = [Problem]
    for operation in operations:
        declared = [kind for kind in (operation.answer, operation.body) if kind]
        kinds += [member for kind in declared for member in _members(kind)]
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_SCHEMAS + "{name}")
    return {
        "schemas": dict(sorted(schemas.items())),
        "headers": {
            name: {"description": words, "schema": {"type": "string"}}
            for name, words in _HEADER_WORDS.items()
        },
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
    }


_HEADER_WORDS: Final = {
    "X-Request-Id": "Names this request in logs.",
    "Retry-After": "Seconds to wait before the next try.",
    "WWW-Authenticate": "The scheme to sign in with.",
    "Allow": "The methods of this path.",
    "Content-Range": "Which bytes these are, of how many.",
    "RateLimit-Limit": "Requests that a caller has; set by the gateway.",
    "RateLimit-Remaining": "Requests that are left; set by the gateway.",
    "RateLimit-Reset": "Seconds until the count starts anew; set by the gateway.",
    "Cache-Status": "How the answer came to be (RFC 9211).",
    "Warning": '`110 - "Response is Stale"` when the database is down.',
    "Set-Cookie": "The refresh token, for identity only, or its removal.",
}
