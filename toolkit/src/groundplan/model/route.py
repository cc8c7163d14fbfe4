"""Routes: which paths of the gateway lead to a service, for whom and how often."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Duration, Size

PATH_PATTERN = r"^/([a-z0-9_.\-]+(/[a-z0-9_.\-]+)*)?$"
RoutePath = Annotated[str, StringConstraints(max_length=200, pattern=PATH_PATTERN)]
RoleWord = Literal["viewer", "operator", "administrator"]


class Auth(StrEnum):
    """Whether a route asks who calls."""

    REQUIRED = "required"
    NONE = "none"


class WithoutCache(StrEnum):
    """What a route does while limits and sessions cannot be looked up."""

    READS = "reads"
    ALL = "all"
    REFUSE = "refuse"


class Roles(Entity):
    """The least role that may read (GET, HEAD, OPTIONS) and that may write."""

    read: RoleWord = "viewer"
    """Who may GET, HEAD and OPTIONS."""
    write: RoleWord = "operator"
    """Who may do all else."""


class Limit(Entity):
    """So many requests of one caller in so much time, counted over all gateways."""

    requests: Positive
    """So many requests."""
    per: Duration = 60.0
    """In so much time."""


class Limits(Entity):
    """Bounds on what one caller may ask of a service."""

    requests: Positive = 600
    """So many requests of one caller."""
    per: Duration = 60.0
    """In so much time."""
    body: Size = float(1 << 20)
    """The largest request body."""

    @property
    def limit(self) -> Limit:
        """The limit that holds for routes without one of their own."""
        return Limit(requests=self.requests, per=self.per)


class Route(Entity):
    """One path and all below it; the longest path that fits decides."""

    path: RoutePath
    """Where it begins, under /api."""
    auth: Annotated[Auth, Field(strict=False)] = Auth.REQUIRED
    """Whether one must be signed in."""
    roles: Roles = Roles()
    """The least role that may read, and that may write."""
    limit: Limit | None = None
    """A limit of its own, in place of the service's."""
    timeout: Duration | None = None
    """How long an answer may take; the service's where it is not given."""
    body: Size | None = None
    """The largest request body; the service's where it is not given."""
    stream: bool = False
    """Whether bodies pass as they come, held nowhere: then the time-out runs without a byte."""
    when_cache_is_down: Annotated[WithoutCache, Field(strict=False)] = WithoutCache.READS
    """What goes on while sessions and limits cannot be looked up; all only if `auth` is none."""

    @model_validator(mode="before")
    @classmethod
    def _from_path_alone(cls, written: Any) -> Any:
        return {"path": written} if isinstance(written, str) else written

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Say that a bare path stands for a route with everything at its default."""
        return {"anyOf": [{"type": "string", "pattern": PATH_PATTERN}, handler(core_schema)]}


Routes = Annotated[tuple[Route, ...], Field(strict=False)]
