"""Which ports the components need, each under a name that stays the same from run to run."""

from collections.abc import Iterator
from dataclasses import dataclass

from groundplan.model.folders import Folders
from groundplan.model.order import start_order
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.model.platform import CACHE, DATABASE, PROMETHEUS, TELEMETRY, Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.local import tunnel

HOST = "127.0.0.1"
STATISTICS = ".statistics"
"""Ends the name under which the port of a gateway's statistics is placed."""


@dataclass(frozen=True, slots=True)
class Need:
    """One port that somebody will listen on."""

    component: str
    replica: int
    """From 1; 0 where the replicas share one port."""

    @property
    def name(self) -> str:
        """How the port is remembered."""
        return f"{self.component}-{self.replica}" if self.replica else self.component

    def belongs_to(self, component: str, replica: int) -> bool:
        """Return whether a replica listens on it."""
        same = self.component.removesuffix(STATISTICS) == component.removesuffix(tunnel.SUFFIX)
        return same and self.replica in (0, replica)


def shares_port(service: Service) -> bool:
    """Return whether all replicas of a service accept on one port."""
    return service.kind is Kind.STATIC


def needs(platform: Platform, *, prometheus: bool = False) -> list[Need]:
    """Return every port that the platform needs; what people open in a browser comes first."""
    found = [*_needs(platform), *([Need(PROMETHEUS, 1)] if prometheus else ())]
    return sorted(found, key=lambda need: need.replica != 0)


def _needs(platform: Platform) -> Iterator[Need]:
    calls = {name: service.calls for name, service in platform.services.items()}
    for name in start_order({**calls, DATABASE: (), CACHE: ()}):
        if name in (DATABASE, CACHE):
            yield Need(name, 1)
        elif name in platform.services:
            yield from _needs_of(name, platform.services[name])
    yield Need(TELEMETRY, 1)


def _needs_of(name: str, service: Service) -> Iterator[Need]:
    if shares_port(service):
        yield Need(name, 0)
    else:
        replicas = range(1, service.replicas.min + 1)
        yield from (Need(name, replica) for replica in replicas)
        if service.kind is Kind.GATEWAY:
            yield from (Need(name + STATISTICS, replica) for replica in replicas)


def place(
    platform: Platform,
    ports: dict[str, int],
    folders: Folders,
    *,
    draining: frozenset[str] = frozenset(),
    environment: str = "local",
    encrypted: bool = False,
    prometheus: bool = False,
) -> Placement:
    """Place every component on this machine, on the ports that were found free.

    Args:
        platform: the platform.
        ports: the port of every `Need`, by its name.
        folders: the run's folders.
        draining: names of the replicas (`backend-1`) that should get no new requests.
        environment: the name of the environment that runs.
        encrypted: whether all speak TLS, with certificates from the folders.
        prometheus: whether a Prometheus runs beside the platform.
    """
    front = next((need.name for need in needs(platform) if need.replica == 0), None)
    port = ports[front] if front else min(ports.values())
    return Placement(
        discovery=Discovery.FILES,
        endpoints=tuple(_endpoints(platform, ports, draining, prometheus)),
        config_folder=folders.config,
        run_folder=folders.run,
        public_url=f"{'https' if encrypted else 'http'}://{HOST}:{port}",
        environment=environment,
        certificate_folder=folders.certificates if encrypted else "",
    )


def _endpoints(
    platform: Platform, ports: dict[str, int], draining: frozenset[str], prometheus: bool
) -> Iterator[Endpoint]:
    for need in needs(platform, prometheus=prometheus):
        address = Address(HOST, ports[need.name])
        copies = 1
        if need.replica == 0:
            copies = platform.services[need.component].replicas.min
        for replica in range(need.replica or 1, (need.replica or copies) + 1):
            gone = f"{need.component}-{replica}" in draining
            yield Endpoint(need.component, replica, address, gone)
