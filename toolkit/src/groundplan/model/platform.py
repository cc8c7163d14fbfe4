"""The platform of one environment: everything that targets and the runner need to know."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

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
STORES = (DATABASE, CACHE, STORAGE)


class Platform(Entity):
    """The platform file with one environment's changes laid over it."""

    api_version: Literal["groundplan/v1"]
    name: Name
    region: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
    domain: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    owner: Name = "platform-team"
    network: Network
    cluster: Cluster
    database: Database
    cache: Cache
    storage: Storage = Storage()
    services: Annotated[dict[Name, Service], Field(min_length=1)]
    identity: Identity = Identity()
    security: Security = Security()
    observability: Observability = Observability()
    objectives: Objectives = Objectives()
    scaling: Scaling = Scaling()
    cost: Cost = Cost()

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
