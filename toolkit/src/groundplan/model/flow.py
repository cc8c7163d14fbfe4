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
from groundplan.model.service import Kind, Service

COMPONENT_LABEL: Final = "app.kubernetes.io/name"
"""The label by which the pods of a component are known."""
ELASTIC_LABEL: Final = "common.k8s.elastic.co/type"
"""The label by which Elastic's operator selects the pods of its services, and that they bear.

What enforces policies on EKS sees a connection to a service before its address is translated. It
allows the service's address only where the service's selector is one that the policy means.
"""
NAMESPACE_LABEL: Final = "kubernetes.io/metadata.name"
"""Kubernetes itself puts it on every namespace."""
DNS: Final = "kube-system/kube-dns"
PROMETHEUS: Final = "monitoring/prometheus"
JAEGER: Final = "monitoring/jaeger"
ELASTICSEARCH: Final = "monitoring/elasticsearch"
COLLECTOR_GATEWAY: Final = "monitoring/collector-gateway"
LOAD_BALANCER: Final = "aws/load-balancer"
POD_IDENTITY: Final = "aws/pod-identity"
MIGRATION: Final = "migrate-"
ACCOUNTS: Final = "accounts"
CACHE_BACKUP: Final = "cache-backup"
CACHE_RESTORE_CHECK: Final = "cache-restore-check"
CACHE_RESTORE: Final = "cache-restore"
BACKUPS: Final = "backups"
"""The bucket that takes copies, where the file has one."""
OBSERVABILITY: Final = "observability"
"""Who vouches for what watches, in all namespaces."""
COLLECTOR: Final = "collector"
"""What takes spans from the pods of its node."""
CACHE_EXPORTER: Final = "cache-exporter"
DATABASE_EXPORTER: Final = "database-exporter"
"""What shows the figures of a store that has none of its own."""
STATISTICS_PORT: Final = 9901
"""Where the gateway shows its figures."""
EDGE_PORT: Final = 9113
"""Where the edge shows its own."""
CACHE_EXPORTER_PORT: Final = 9121
DATABASE_EXPORTER_PORT: Final = 9187
COLLECTOR_PORT: Final = 4318
"""Where spans are taken."""
COLLECTOR_FIGURES_PORT: Final = 8888
GATHERED_PORT: Final = 4317
"""Where the collectors' gateway takes spans from those of the nodes."""
CERTIFICATES_PORT: Final = 9402
"""Where who makes certificates shows when they end."""
PROMETHEUS_PORT: Final = 9090
JAEGER_PORT: Final = 16686
ELASTICSEARCH_PORT: Final = 9200
METRICS: Final = "metrics"
"""The signal of a service that shows figures."""
TRACED: Final = (Kind.GATEWAY, Kind.AUTHORIZATION, Kind.BACKEND, Kind.SERVICE)
"""The kinds that send spans; those of a static one are made from its access log."""
WORLD: Final = IPv4Network("0.0.0.0/0")
AGENT: Final = IPv4Network("169.254.170.23/32")
"""Where a node's agent gives pods the rights of their identity."""
SERVICES: Final = tuple(map(IPv4Network, ("172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/16")))
"""Networks of which a cluster's services get one; EKS itself gives one of the first two."""
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
        JAEGER: Pods("monitoring", COMPONENT_LABEL, "jaeger"),
        ELASTICSEARCH: Pods("monitoring", ELASTIC_LABEL, "elasticsearch"),
        COLLECTOR_GATEWAY: Pods("monitoring", COMPONENT_LABEL, "collector-gateway"),
        LOAD_BALANCER: Networks(subnets.public),
        DATABASE: Networks(subnets.database),
        STORAGE: Networks((WORLD,), _private(platform)),
        POD_IDENTITY: Networks((AGENT,)),
    }


def service_network(platform: Platform) -> IPv4Network:
    """Return whose addresses the cluster's services get: what neither VPC nor VPN has."""
    vpn = platform.network.vpn
    taken = (platform.network.cidr, *((vpn.cidr,) if vpn is not None and vpn.enabled else ()))
    return next(each for each in SERVICES if not any(map(each.overlaps, taken)))


def api_address(platform: Platform) -> IPv4Network:
    """Return the address under which pods ask the Kubernetes API: the first of all services."""
    return IPv4Network((service_network(platform)[1], 32))


def components(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return everything of which there are pods, each with what it calls."""
    services = {name: service.calls for name, service in platform.services.items()}
    return {**services, CACHE: (), **hooks(platform), **copies(platform), **watchers(platform)}


def watchers(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return what gathers signals beside the services, each with what it calls."""
    return {COLLECTOR: (), **exporters(platform)}


def exporters(platform: Platform) -> dict[str, tuple[str, ...]]:
    """Return what shows the figures of stores, each with what it calls."""
    found: dict[str, tuple[str, ...]] = {CACHE_EXPORTER: (CACHE,)}
    if any(platform.of_kind(Kind.BACKEND)) and platform.callers_of(DATABASE):
        found[DATABASE_EXPORTER] = (DATABASE,)
    return found


def shows_figures(platform: Platform, name: str) -> bool:
    """Tell whether a service is asked for figures; one of a user only where the file says so."""
    is_known = platform.services[name].kind is not Kind.SERVICE
    return is_known or METRICS in platform.objectives.signals.get(name, ())


def figures_port(platform: Platform, service: Service) -> int:
    """Return the port on which a service's figures are shown."""
    apart = {Kind.STATIC: EDGE_PORT, Kind.GATEWAY: STATISTICS_PORT}
    return apart.get(service.kind, _port(platform))


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
    meant = (_arrows, _edge, _around, _figures, _spans)
    for flow, reason in (each for made in meant for each in made(platform)):
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


def _figures(platform: Platform) -> Iterator[tuple[Flow, str]]:
    """Yield who is asked for figures, and that the console shows them."""
    for name, service in platform.services.items():
        if shows_figures(platform, name):
            yield Flow(PROMETHEUS, name, figures_port(platform, service)), f"figures of {name}"
    ports = {CACHE_EXPORTER: CACHE_EXPORTER_PORT, DATABASE_EXPORTER: DATABASE_EXPORTER_PORT}
    for name in exporters(platform):
        yield Flow(PROMETHEUS, name, ports[name]), f"figures that {name} gathers"
    yield Flow(PROMETHEUS, COLLECTOR, COLLECTOR_FIGURES_PORT), f"figures of {COLLECTOR}"
    shown = {
        PROMETHEUS: PROMETHEUS_PORT,
        JAEGER: JAEGER_PORT,
        ELASTICSEARCH: ELASTICSEARCH_PORT,
    }
    for name, _ in platform.of_kind(Kind.BACKEND):
        for store, port in shown.items():
            yield Flow(name, store, port), f"the console shows what {store} holds"


def _spans(platform: Platform) -> Iterator[tuple[Flow, str]]:
    for name, service in platform.services.items():
        if service.kind in TRACED:
            yield Flow(name, COLLECTOR, COLLECTOR_PORT), f"spans of {name}"
    yield Flow(COLLECTOR, COLLECTOR_GATEWAY, GATHERED_PORT), "spans of the pods of a node"


def _port(platform: Platform) -> int:
    return service_port(encrypted=platform.security.encryption.in_transit)


def _private(platform: Platform) -> tuple[IPv4Network, ...]:
    """Return what the internet is not: private networks, the VPC, the people of the VPN."""
    vpn = platform.network.vpn
    more = (platform.network.cidr, *((vpn.cidr,) if vpn is not None else ()))
    return tuple(collapse_addresses((*PRIVATE, *more)))
