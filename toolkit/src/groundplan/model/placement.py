"""Where the components of a platform stand in one environment: addresses, folders, discovery."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from groundplan.model.platform import CACHE, DATABASE, STORAGE, Platform

PLAIN_PORT: Final = 8080
ENCRYPTED_PORT: Final = 8443
STORE_PORTS: Final = {DATABASE: 5432, CACHE: 6379}
MOUNTED_CERTIFICATE: Final = "/etc/groundplan/tls"
"""Where a pod finds its own certificate."""


def service_port(*, encrypted: bool) -> int:
    """Return the port on which every service listens in a cluster."""
    return ENCRYPTED_PORT if encrypted else PLAIN_PORT


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
class Certificate:
    """The files, in PEM, of a component's certificate."""

    chain: str
    """Its certificate, and those between it and the authority."""
    key: str
    """Its private key."""
    authority: str
    """The certificates of those whom it believes."""


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
    certificate_folder: str = ""
    """Where certificates stand; empty where nothing is encrypted on its way."""
    images: Mapping[str, str] = field(default_factory=dict)
    """Container images of services that were released, each with its digest."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """What Terraform said about the account, by the names of its outputs; empty before."""
    environments: Mapping[str, Platform] = field(default_factory=dict)
    """Every environment of the file, for the catalog to show; empty where only one is known."""

    @property
    def is_encrypted(self) -> bool:
        """Whether components speak TLS to each other."""
        return bool(self.certificate_folder)

    def certificate(self, component: str) -> Certificate:
        """Return a component's files: a folder each here, its own mount in a cluster."""
        folder = self.certificate_folder
        if self.discovery is Discovery.FILES:
            folder = f"{folder}/{component}"
        return Certificate(f"{folder}/tls.crt", f"{folder}/tls.key", f"{folder}/ca.crt")

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
    components: Iterable[str],
    *,
    namespace: str,
    domain: str,
    environment: str,
    encrypted: bool,
    images: Mapping[str, str] | None = None,
    outputs: Mapping[str, str] | None = None,
) -> Placement:
    """Place components in a cluster: one name each; services on one port, stores on theirs.

    Object storage is no component of a cluster and is left out.
    """
    ports = dict.fromkeys(components, service_port(encrypted=encrypted)) | STORE_PORTS
    ports.pop(STORAGE, None)
    endpoints = (
        Endpoint(name, 0, Address(f"{name}.{namespace}.svc.cluster.local", port))
        for name, port in ports.items()
    )
    return Placement(
        discovery=Discovery.NAMES,
        endpoints=tuple(endpoints),
        config_folder="/etc/groundplan",
        run_folder="/var/run/groundplan",
        public_url=f"https://{domain}",
        environment=environment,
        trusted_hops=1,
        certificate_folder=MOUNTED_CERTIFICATE if encrypted else "",
        images=dict(images or {}),
        outputs=dict(outputs or {}),
    )
