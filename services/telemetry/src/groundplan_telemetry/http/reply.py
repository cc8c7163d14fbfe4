"""Replies: JSON, text, and problem+json for what is refused."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from groundplan_contracts import problem
from groundplan_telemetry.rsgi import Headers

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back."""

    body: bytes
    content_type: str = JSON
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def all_headers(self) -> Headers:
        """Every header that is sent."""
        return [
            ("content-type", self.content_type),
            ("cache-control", "no-store"),
            *self.headers,
        ]


class Refused(Exception):  # noqa: N818 - what it says, not what it is
    """A request that is answered with a problem; `retry_after` is in seconds."""

    def __init__(self, status: int, code: str, detail: str, *, retry_after: int = 0) -> None:
        super().__init__(detail)
        self.problem = problem.Problem(status, code, detail)
        self.retry_after = retry_after


def json(value: Any, status: int = 200) -> Reply:
    """Return a value as JSON."""
    return Reply(msgspec.json.encode(value), status=status)


def refusal(refused: Refused, path: str) -> Reply:
    """Return a refusal as problem+json."""
    document = refused.problem.document(instance=path)
    wait = str(refused.retry_after)
    return Reply(
        msgspec.json.encode(document),
        problem.MEDIA_TYPE,
        refused.problem.status,
        (("retry-after", wait),) if refused.retry_after else (),
    )
