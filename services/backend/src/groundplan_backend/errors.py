"""The errors that a request can end in, each with its HTTP status and stable code.

BackendError
├── InvalidRequest (400)          ├── Conflict, ChallengeEnded (409)
├── Unauthenticated (401)         ├── IdempotencyKeyInProgress (409)
├── InvalidCredentials (401)      ├── PayloadTooLarge (413)
├── SessionEnded (401)            ├── UnsupportedMediaType (415)
├── Forbidden, StepUpRequired,    ├── IdempotencyKeyReused (422)
│   InsufficientScope,            │
│   InvalidProof (403)            │
├── NotFound (404)                ├── AccountLocked, RateLimited (429)
├── MethodNotAllowed (405)        └── DependencyUnavailable (503)
├── OwnRequest, LinkEnded (403)   ├── PreconditionFailed (412)
├── UploadIncomplete (409)        ├── RangeNotSatisfiable (416), DigestMismatch (422)
├── IllegalTransition (409)       ├── LeaseLost (409)
├── MailLinkEnded (410)           ├── PasswordRefused (422)
├── InvalidKey (401)              ├── QueryRefused (422)
├── TelemetryOff (404)            ├── TelemetryUnavailable (503)
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


class InvalidKey(BackendError):
    """The sender does not show the key that was agreed with it."""

    status = 401
    code = "invalid_key"
    headers: Mapping[str, str] = {"www-authenticate": "Bearer"}


class Forbidden(BackendError):
    """The caller's role does not allow this."""

    status = 403
    code = "forbidden"


class StepUpRequired(BackendError):
    """The session was not proven lately enough for this; prove it again and repeat."""

    status = 403
    code = "step_up_required"


class InsufficientScope(BackendError):
    """The API token was made for other things."""

    status = 403
    code = "insufficient_scope"


class InvalidProof(BackendError):
    """The password, the code or the passkey's answer is not right, or was used before."""

    status = 403
    code = "invalid_proof"


class NotFound(BackendError):
    """There is no such thing, or no such path."""

    status = 404
    code = "not_found"


class TelemetryOff(BackendError):
    """Nothing is set up here that could be asked for these signals."""

    status = 404
    code = "telemetry_off"


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


class ChallengeEnded(BackendError):
    """The challenge or enrolment is not of ours, is too old, or was answered before."""

    status = 409
    code = "challenge_ended"


class IdempotencyKeyInProgress(BackendError):
    """The first request with this key has not finished yet."""

    status = 409
    code = "idempotency_key_in_progress"
    headers: Mapping[str, str] = {"retry-after": "1"}


class IllegalTransition(BackendError):
    """The deployment is not in the state that was expected, or may not go where it was sent."""

    status = 409
    code = "illegal_transition"


class LeaseLost(BackendError):
    """The deployment is held by another agent, or the lease has ended."""

    status = 409
    code = "lease_lost"


class OwnRequest(BackendError):
    """Who requests a deployment never counts among those who approve it."""

    status = 403
    code = "own_request"


class PreconditionFailed(BackendError):
    """The thing has changed since the version that `If-Match` names."""

    status = 412
    code = "precondition_failed"


class UploadIncomplete(BackendError):
    """Parts of the file have not been received; the detail names them."""

    status = 409
    code = "upload_incomplete"


class LinkEnded(BackendError):
    """The link has expired, or was not made here for this artifact."""

    status = 403
    code = "link_ended"


class RangeNotSatisfiable(BackendError):
    """The artifact has no bytes there; `Content-Range` says how many it has."""

    status = 416
    code = "range_not_satisfiable"

    def __init__(self, detail: str, *, size: int) -> None:
        super().__init__(detail)
        self.headers = {"content-range": f"bytes */{size}"}


class DigestMismatch(BackendError):
    """What arrived is not what its sender has digested."""

    status = 422
    code = "digest_mismatch"


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


class MailLinkEnded(BackendError):
    """The link from a mail has expired, was used before, or was withdrawn."""

    status = 410
    code = "mail_link_ended"


class PasswordRefused(BackendError):
    """The new password is one of the known ones, or is made of one."""

    status = 422
    code = "password_refused"


class QueryRefused(BackendError):
    """The expression cannot be read or evaluated; the detail says why."""

    status = 422
    code = "query_refused"


class _Later(BackendError):
    """A refusal that ends by itself; `retry_after` is in seconds."""

    def __init__(self, detail: str, *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.headers = {"retry-after": str(retry_after)}


class AccountLocked(_Later):
    """Too many wrong passwords or codes for one account."""

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


class TelemetryUnavailable(_Later):
    """What keeps the signals does not answer in time; nothing else depends on it."""

    status = 503
    code = "telemetry_unavailable"
