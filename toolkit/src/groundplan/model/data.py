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
    """The only engine there is."""
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]+)?$")]
    """Major version, quoted: "15"."""
    instance: Annotated[str, StringConstraints(pattern=r"^db\.[a-z0-9]+\.[a-z0-9]+$")]
    """RDS instance class."""
    storage: Size
    """Disk to begin with; it grows by itself."""
    backup_days: Annotated[int, Field(ge=0, le=35)] = 7
    """Days that backups are kept; 0 makes none."""
    multi_zone: bool = False
    """Whether a standby waits in another zone."""
    read_replicas: Annotated[int, Field(ge=0, le=5)] = 0
    """Copies that only answer reads."""
    max_connections: Annotated[int, Field(ge=20, le=5000)] = 100
    """Connections that PostgreSQL takes at the most, a reserve of 10 among them."""
    statement_timeout: Duration = 5.0
    """No statement runs longer; it must not outlast the routes that wait for it."""

    proxy: bool = False
    """Whether connections are shared by an RDS proxy."""
    deletion_protection: bool = True
    """Whether AWS refuses to delete it."""

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
    """Whether writes are logged to disk."""
    fsync: Annotated[Fsync, Field(strict=False)] = Fsync.EVERYSEC
    """How often the log reaches the disk: what a power cut may cost."""
    size: Size = 5.0 * (1 << 30)
    """The disk."""


class Cache(Entity):
    """Redis: sessions, limits and cached answers."""

    engine: Literal["redis"] = "redis"
    """The only engine there is."""
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")] = "6.2"
    """Minor version, quoted: "6.2"."""
    resources: Resources
    """CPU and memory; the limit also bounds what Redis stores."""
    persistence: Persistence = Persistence()
    """Whether sessions outlive a restart."""


class Bucket(Entity):
    """One object store bucket; always private and encrypted."""

    versioning: bool = True
    """Whether what is overwritten or deleted can be brought back."""
    expire_days: Positive = 365
    """Days after which objects are deleted."""
    archive_days: Count = 90
    """Days after which objects move to a colder class; 0 keeps them warm."""


MEBI = 1 << 20
GIBI = 1 << 30
ARTIFACTS = "artifacts"
"""The bucket that keeps files of releases."""


class Artifacts(Entity):
    """What files of releases may be; how long they stay says the bucket of that name."""

    max_size: Annotated[Size, Field(ge=1, le=1024.0 * GIBI)] = 5.0 * GIBI
    """The largest file."""
    part_size: Annotated[Size, Field(ge=5 * MEBI, le=64 * MEBI)] = 16.0 * MEBI
    """Files come in parts of this size; what a cut connection loses is one of them."""


class Storage(Entity):
    """The object store."""

    artifacts: Artifacts = Artifacts()
    """Files that the backend takes and hands out."""
    buckets: dict[Name, Bucket] = Field(default_factory=dict)
    """Buckets by name; the platform's name is put in front."""
