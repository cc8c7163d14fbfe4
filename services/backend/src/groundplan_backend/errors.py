"""The errors that a request can end in, each with its HTTP status and stable code.

BackendError
├── InvalidRequest (400)          ├── Conflict (409)
├── Unauthenticated (401)         ├── IdempotencyKeyInProgress (409)
├── InvalidCredentials (401)      ├── PayloadTooLarge (413)
├── SessionEnded (401)            ├── UnsupportedMediaType (415)
├── Forbidden (403)               ├── IdempotencyKeyReused (422)
├── NotFound (404)                ├── AccountLocked, RateLimited (429)
├── MethodNotAllowed (405)        └── DependencyUnavailable (503)
└── InternalError (500)
"""
# ruff: noqa: N818 - a refusal is named by what it says, not by being an error

from collections.abc import Mapping, Sequence
from typing import ClassVar

from groundplan_contracts.problem import FieldError, Problem


class BackendError(Exception):
    """A request that is refused or has failed, told to the caller as a problem document."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    headers: Mapping[str, str] = {}

    def __init__(self, detail: str, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors

    def problem(self) -> Problem:
        """Return what the caller is told."""
        return Problem(self.status, self.code, self.detail, self.errors)


class InternalError(BackendError):
    """A fault of ours; the caller learns nothing but the request's id."""


class InvalidRequest(BackendError):
    """Malformed JSON, a wrong type, an unknown field or parameter, a broken limit."""

    status = 400
    code = "invalid_request"


class Unauthenticated(BackendError):
    """The request carries no identity that the gateway vouches for."""

    status = 401
    code = "unauthenticated"
    headers: Mapping[str, str] = {"www-authenticate": "Bearer"}


class InvalidCredentials(BackendError):
    """E-mail and password do not belong together; says not which is wrong."""

    status = 401
    code = "invalid_credentials"
    headers: Mapping[str, str] = {"www-authenticate": "Bearer"}


class SessionEnded(BackendError):
    """The session has expired, was revoked, or its refresh token was used before."""

    status = 401
    code = "session_ended"
    headers: Mapping[str, str] = {"www-authenticate": "Bearer"}


class Forbidden(BackendError):
    """The caller's role does not allow this."""

    status = 403
    code = "forbidden"


class NotFound(BackendError):
    """There is no such thing, or no such path."""

    status = 404
    code = "not_found"


class MethodNotAllowed(BackendError):
    """The path exists, this method on it does not."""

    status = 405
    code = "method_not_allowed"

    def __init__(self, detail: str, *, allow: str) -> None:
        super().__init__(detail)
        self.headers = {"allow": allow}


class Conflict(BackendError):
    """The state of things does not allow this now."""

    status = 409
    code = "conflict"


class IdempotencyKeyInProgress(BackendError):
    """The first request with this key has not finished yet."""

    status = 409
    code = "idempotency_key_in_progress"
    headers: Mapping[str, str] = {"retry-after": "1"}


class PayloadTooLarge(BackendError):
    """The body is larger than any request needs."""

    status = 413
    code = "payload_too_large"


class UnsupportedMediaType(BackendError):
    """The body is not JSON."""

    status = 415
    code = "unsupported_media_type"


class IdempotencyKeyReused(BackendError):
    """The key was used before for another body."""

    status = 422
    code = "idempotency_key_reused"


class _Later(BackendError):
    """A refusal that ends by itself; `retry_after` is in seconds."""

    def __init__(self, detail: str, *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.headers = {"retry-after": str(retry_after)}


class AccountLocked(_Later):
    """Too many wrong passwords for one account."""

    status = 429
    code = "account_locked"


class RateLimited(_Later):
    """More sign-ins at once than the machine should hash."""

    status = 429
    code = "rate_limited"


class DependencyUnavailable(_Later):
    """PostgreSQL or Redis does not answer in time."""

    status = 503
    code = "dependency_unavailable"
