"""The platform of one environment: everything that targets and the runner need to know."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from groundplan.model.account import Backup, Delivery, Edge
from groundplan.model.cluster import Cluster
from groundplan.model.data import Cache, Database, Storage
from groundplan.model.entity import Entity, Name
from groundplan.model.network import Network
from groundplan.model.policy import Cost, Identity, Objectives, Observability, Security
from groundplan.model.resources import Scaling
from groundplan.model.service import Kind, Service

DATABASE = "database"
CACHE = "cache"
STORAGE = "storage"
TELEMETRY = "telemetry"
"""What keeps the signals of a run on one machine."""
PROMETHEUS = "prometheus"
"""What may run beside it."""
STORES = (DATABASE, CACHE, STORAGE)
DOMAIN_PATTERN = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$"


class Platform(Entity):
    """The platform file with one environment's changes laid over it."""

    api_version: Literal["groundplan/v1"]
    """The version of this format."""
    name: Name
    """The platform's name; it begins the names of everything in the cloud."""
    region: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    """The AWS region."""
    domain: Annotated[str, StringConstraints(max_length=200, pattern=DOMAIN_PATTERN)]
    """Under which the platform is reached; it also names who signs tokens."""
    owner: Name = "platform-team"
    """Who answers for the platform."""
    network: Network
    """The VPC, its zones and its subnets."""
    cluster: Cluster
    """The Kubernetes cluster and its nodes."""
    database: Database
    """PostgreSQL."""
    cache: Cache
    """Redis: sessions, limits and cached answers."""
    storage: Storage = Storage()
    """Buckets for files."""
    edge: Edge = Edge()
    """Where the internet meets the platform."""
    backup: Backup = Backup()
    """Copies of data that are kept apart from it."""
    approvals: Annotated[int, Field(ge=0, le=10)] | None = None
    """People who must approve a deployment, its requester aside; 1 in prod, else 0."""
    delivery: Delivery = Delivery()
    """How changes reach the account."""
    services: Annotated[dict[Name, Service], Field(min_length=1)]
    """What runs, by name; the arrows between them are their `calls`."""
    identity: Identity = Identity()
    """Sign-in, tokens and locks."""
    security: Security = Security()
    """Encryption and what pods may do."""
    observability: Observability = Observability()
    """Metrics, traces and logs."""
    objectives: Objectives = Objectives()
    """What is promised to users, as numbers that tests and alerts read."""
    scaling: Scaling = Scaling()
    """When copies are added, for every service without thresholds of its own."""
    cost: Cost = Cost()
    """The budget and the bill's tags."""

    def of_kind(self, kind: Kind) -> Iterator[tuple[str, Service]]:
        """Yield the services of a kind with their names, in the file's order."""
        return ((name, service) for name, service in self.services.items() if service.kind is kind)

    def callers_of(self, callee: str) -> list[str]:
        """Return the names of the services that call a service or store."""
        return [name for name, service in self.services.items() if callee in service.calls]

    @property
    def zones(self) -> list[str]:
        """The availability zones' names, in the order of the subnets."""
        return [self.region + letter for letter in "abcdef"[: self.network.zones]]

    @property
    def issuer(self) -> str:
        """Who signs access tokens, as the tokens say it."""
        return f"https://{self.domain}"
