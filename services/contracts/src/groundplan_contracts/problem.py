"""Errors as every service answers them: problem+json (RFC 9457) with a stable code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

MEDIA_TYPE: Final = "application/problem+json"
TYPE_BASE: Final = "https://groundplan.dev/errors/"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of a request: the field's path (`labels[0].key`) and what is wrong with it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused or failed request."""

    status: int
    code: str
    detail: str
    errors: Sequence[FieldError] = field(default=())

    def document(self, *, instance: str = "", request_id: str = "") -> dict[str, object]:
        """Return the JSON object to send; empty members are left out."""
        members: dict[str, object] = {
            "type": TYPE_BASE + self.code,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "instance": instance,
            "errors": [{"path": error.path, "message": error.message} for error in self.errors],
            "request_id": request_id,
        }
        return {name: value for name, value in members.items() if value not in ("", [])}
