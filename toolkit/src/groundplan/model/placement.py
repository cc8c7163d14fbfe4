"""Where the components of a platform stand in one environment: addresses, folders, discovery."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Discovery(StrEnum):
    """How callers learn of a component's replicas."""

    FILES = "files"
    """From files that change while they run (this machine)."""
    NAMES = "names"
    """From DNS names that stand for all replicas (Kubernetes)."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One replica of a component."""

    component: str
    replica: int
    """From 1; 0 where one name stands for all."""
    address: Address
    draining: bool = False
    """Whether it should get no new requests."""


@dataclass(frozen=True, slots=True)
class Placement:
    """All endpoints of an environment, and the folders that configuration may name."""

    discovery: Discovery
    endpoints: tuple[Endpoint, ...]
    config_folder: str
    """Where rendered files stand when they are read."""
    run_folder: str
    """Where programs keep sockets, pids and temporary files."""
    public_url: str
    """What people type into the browser."""
    environment: str = "local"
    """The name of the environment."""
    trusted_hops: int = 0
    """Proxies in front of the frontend whose forwarding headers are believed."""

    def of(self, component: str) -> tuple[Endpoint, ...]:
        """Return the endpoints of a component, in replica order."""
        return tuple(found for found in self.endpoints if found.component == component)

    def replica(self, component: str, replica: int) -> Endpoint:
        """Return one replica's endpoint.

        Raises:
            KeyError: there is no such replica.
        """
        for endpoint in self.of(component):
            if endpoint.replica == replica:
                return endpoint
        raise KeyError(f"{component} {replica}")


def in_kubernetes(
    components: Iterable[str], *, namespace: str, domain: str, environment: str
) -> Placement:
    """Place components in a cluster: one name each, every one on port 8080."""
    endpoints = (
        Endpoint(name, 0, Address(f"{name}.{namespace}.svc.cluster.local", 8080))
        for name in components
    )
    return Placement(
        discovery=Discovery.NAMES,
        endpoints=tuple(endpoints),
        config_folder="/etc/groundplan",
        run_folder="/var/run/groundplan",
        public_url=f"https://{domain}",
        environment=environment,
        trusted_hops=1,
    )
