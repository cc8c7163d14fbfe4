"""Who may open connections to whom in the cluster, from the arrows of the architecture.

A flow goes from a party to a party on one port. A party is a component's pods, the pods of
another namespace, or a network. Network policies are made from flows, and what is computed from
the policies is compared with them. `way` says the same of security groups, which pods of all
components share: a connection passes both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, collapse_addresses
from typing import Final

from groundplan.model.placement import STORE_PORTS, service_port
from groundplan.model.platform import CACHE, DATABASE, STORAGE, Platform
from groundplan.model.service import Kind

COMPONENT_LABEL: Final = "app.kubernetes.io/name"
"""The label by which the pods of a component are known."""
NAMESPACE_LABEL: Final = "kubernetes.io/metadata.name"
"""Kubernetes itself puts it on every namespace."""
DNS: Final = "kube-system/kube-dns"
PROMETHEUS: Final = "monitoring/prometheus"
LOAD_BALANCER: Final = "aws/load-balancer"
POD_IDENTITY: Final = "aws/pod-identity"
MIGRATION: Final = "migrate-"
ACCOUNTS: Final = "accounts"
CACHE_BACKUP: Final = "cache-backup"
CACHE_RESTORE_CHECK: Final = "cache-restore-check"
CACHE_RESTORE: Final = "cache-restore"
BACKUPS: Final = "backups"
"""The bucket that takes copies, where the file has one."""
STATISTICS_PORT: Final = 9901
"""Where the gateway shows its figures."""
MEASURED: Final = (Kind.AUTHORIZATION, Kind.BACKEND, Kind.SERVICE)
"""The kinds that show their figures on their own port; a static one has none."""
WORLD: Final = IPv4Network("0.0.0.0/0")
AGENT: Final = IPv4Network("169.254.170.23/32")
"""Where a node's agent gives pods the rights of their identity."""
PRIVATE: Final = tuple(
    map(
        IPv4Network,
        ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
         "192.168.0.0/16"),
    )
)  # fmt: skip
"""Networks that are never the internet; the metadata of machines is in one of them."""


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """Who may open connections to whom: two parties by name, and one port."""

    origin: str
    target: str
    port: int
    protocol: str = "tcp"

    def __str__(self) -> str:
        return f"{self.origin} to {self.target} {self.protocol} {self.port}"


@dataclass(frozen=True, slots=True)
class Pods:
    """The pods of a namespace that have a label."""

    namespace: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Networks:
    """Addresses outside the cluster: some networks without others."""

    inside: tuple[IPv4Network, ...]
    outside: tuple[IPv4Network, ...] = ()


Party = Pods | Networks


def parties(platform: Platform) -> dict[str, Party]:
    """Return every party that a flow may name; no service can have the name of another one."""
    subnets = platform.network.subnets
    own = {name: Pods(platform.name, COMPONENT_LABEL, name) for name in components(platform)}
    return {
        **own,
        DNS: Pods("kube-system", "k8s-app", "kube-dns"),
        PROMETHEUS: Pods("monitoring", COMPONENT_LABEL, "prometheus"),
        LOAD_BALANCER: Networks(subnets.public),
        DATABASE: Networks(subnets.database),
        STORAGE: Networks((WORLD,), _private(platform)),
        POD_IDENTITY: Networks((AGENT,)),
    }


def components(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return everything of which there are pods, each with what it calls."""
    services = {name: service.calls for name, service in platform.services.items()}
    return {**services, CACHE: (), **hooks(platform), **copies(platform)}


def hooks(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return what runs before every release, each with what it calls."""
    backends = dict(platform.of_kind(Kind.BACKEND))
    callers = [name for name, service in backends.items() if DATABASE in service.calls]
    names = [f"{MIGRATION}{name}" for name in callers]
    if backends and platform.callers_of(DATABASE):
        names.append(ACCOUNTS)
    return dict.fromkeys(names, (DATABASE,))


def copies(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return what makes, proves and puts back copies of the cache, each with what it calls."""
    if not platform.cache.persistence.enabled:
        return {}
    kept = (STORAGE,) if are_copies_sent(platform) else ()
    return {CACHE_BACKUP: (CACHE, *kept), CACHE_RESTORE_CHECK: kept, CACHE_RESTORE: kept}


def are_copies_sent(platform: Platform) -> bool:
    """Tell whether copies of the cache go to a bucket; else they stay on a disk of one zone.

    The backend's image has the client of S3.
    """
    has_client = any(platform.of_kind(Kind.BACKEND))
    is_kept = platform.cache.persistence.enabled
    return is_kept and has_client and BACKUPS in platform.storage.buckets


def keepers(platform: Platform) -> tuple[str, ...]:
    """Return the jobs that use the bucket of copies."""
    return tuple(name for name, calls in copies(platform).items() if STORAGE in calls)


def flows(platform: Platform) -> dict[Flow, str]:
    """Return every flow that is meant, in order, each with the reason for it."""
    reasons: dict[Flow, str] = {}
    for flow, reason in (*_arrows(platform), *_edge(platform), *_around(platform)):
        reasons.setdefault(flow, reason)
    return dict(sorted(reasons.items()))


def _arrows(platform: Platform) -> Iterator[tuple[Flow, str]]:
    service = _port(platform)
    for name, calls in components(platform).items():
        for callee in calls:
            reason = f"{name} calls {callee}"
            if callee == STORAGE:
                yield Flow(name, STORAGE, 443), f"{reason}: buckets have public addresses"
                yield Flow(name, POD_IDENTITY, 80), f"{reason}: the agent gives it the right to"
            else:
                yield Flow(name, callee, STORE_PORTS.get(callee, service)), reason


def _edge(platform: Platform) -> Iterator[tuple[Flow, str]]:
    for name, _ in platform.of_kind(Kind.STATIC):
        reason = f"users reach {name} through the load balancer, which asks pods for their health"
        yield Flow(LOAD_BALANCER, name, _port(platform)), reason


def _around(platform: Platform) -> Iterator[tuple[Flow, str]]:
    for name in components(platform):
        yield Flow(name, DNS, 53), "names of services"
        yield Flow(name, DNS, 53, "udp"), "names of services"
    for name, service in platform.services.items():
        if service.kind in MEASURED:
            yield Flow(PROMETHEUS, name, _port(platform)), f"figures of {name}"
        elif service.kind is Kind.GATEWAY:
            yield Flow(PROMETHEUS, name, STATISTICS_PORT), f"figures of {name}"


def _port(platform: Platform) -> int:
    return service_port(encrypted=platform.security.encryption.in_transit)


def _private(platform: Platform) -> tuple[IPv4Network, ...]:
    """Return what the internet is not: private networks, the VPC, the people of the VPN."""
    vpn = platform.network.vpn
    more = (platform.network.cidr, *((vpn.cidr,) if vpn is not None else ()))
    return tuple(collapse_addresses((*PRIVATE, *more)))
