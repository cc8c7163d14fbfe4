"""Where data lives: the database, the cache and the buckets."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from groundplan.model.entity import Count, Entity, Name, Positive
from groundplan.model.quantity import Duration, Size
from groundplan.model.resources import Resources


class Database(Entity):
    """PostgreSQL, on RDS in the cloud."""

    engine: Literal["postgresql"] = "postgresql"
    version: Annotated[str, StringConstraints(pattern=r"^\d{2}(\.\d+)?$")]
    """Major version, quoted: "15"."""
    instance: Annotated[str, StringConstraints(pattern=r"^db\.[a-z0-9]+\.[a-z0-9]+$")]
    storage: Size
    backup_days: Annotated[int, Field(ge=0, le=35)] = 7
    multi_zone: bool = False
    read_replicas: Annotated[int, Field(ge=0, le=5)] = 0
    max_connections: Annotated[int, Field(ge=20, le=5000)] = 100
    statement_timeout: Duration = 5.0
    """No statement runs longer; it must not outlast the routes that wait for it."""

    @property
    def major(self) -> int:
        """The major version."""
        return int(self.version.split(".")[0])


class Fsync(StrEnum):
    """How often the cache's log reaches the disk."""

    ALWAYS = "always"
    EVERYSEC = "everysec"
    NO = "no"


class Persistence(Entity):
    """Whether and how the cache outlives its process."""

    enabled: bool = True
    fsync: Annotated[Fsync, Field(strict=False)] = Fsync.EVERYSEC
    size: Size = 5.0 * (1 << 30)


class Cache(Entity):
    """Redis: sessions, limits and cached answers."""

    engine: Literal["redis"] = "redis"
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")] = "6.2"
    resources: Resources
    persistence: Persistence = Persistence()


class Bucket(Entity):
    """One object store bucket; always private and encrypted."""

    versioning: bool = True
    expire_days: Positive = 365
    archive_days: Count = 90
    """Days after which objects move to a colder class; 0 keeps them warm."""


class Storage(Entity):
    """The object store."""

    buckets: dict[Name, Bucket] = Field(default_factory=dict)
