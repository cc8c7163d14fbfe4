"""Who may open connections to whom in the cloud, from the arrows of the architecture.

Pods share their nodes' group: the instance types of the reference cannot give a pod a network
interface of its own, so arrows between services open a port from nodes to nodes, and the
cluster's network policies tell the pods apart. Security groups are made from these ways, and
what is found in an account is compared with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundplan.model import flow
from groundplan.model.network import Nat
from groundplan.model.placement import STORE_PORTS, service_port
from groundplan.model.platform import CACHE, DATABASE, STORAGE, Platform
from groundplan.model.service import Kind

INTERNET: Final = "0.0.0.0/0"
LOAD_BALANCER: Final = "load-balancer"
CONTROL_PLANE: Final = "control-plane"
NODES: Final = "nodes"
DATABASE_GROUP: Final = "database"
ENDPOINTS: Final = "endpoints"
VPN: Final = "vpn"
_LISTS: Final = "com.amazonaws."
"""Begins the names of AWS's own lists of addresses."""
_S3: Final = ".s3"
REPOSITORY_SERVER: Final = 8081
"""Where Argo CD's other parts ask for what a repository holds."""

_SIGNALS: Final = {
    3000: "people to dashboards",
    flow.GATHERED_PORT: "spans to who decides on them, and kept ones to Jaeger",
    flow.COLLECTOR_PORT: "spans to the collector",
    5044: "lines to Logstash",
    5601: "people and saved searches to Kibana",
    8080: "figures of objects of the cluster",
    flow.COLLECTOR_FIGURES_PORT: "figures of collectors and Jaeger",
    8889: "figures that services sent to the collector",
    flow.PROMETHEUS_PORT: "who asks Prometheus",
    9093: "alerts to Alertmanager",
    9094: "copies of Alertmanager among each other",
    9100: "figures of nodes",
    flow.CACHE_EXPORTER_PORT: "figures of the cache",
    9153: "figures of the name servers",
    flow.DATABASE_EXPORTER_PORT: "figures of the database",
    flow.ELASTICSEARCH_PORT: "lines and spans to Elasticsearch",
    flow.CERTIFICATES_PORT: "figures of who makes certificates",
    9300: "nodes of Elasticsearch among each other",
    9600: "the operator asks Logstash how it is",
    flow.JAEGER_PORT: "who asks Jaeger",
}
"""Ports on which signals go from node to node; policies say which pods may use them."""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Who may open connections to whom: groups, a network or a list of AWS, and one port."""

    origin: str
    target: str
    port: int
    protocol: str = "tcp"

    @property
    def key(self) -> str:
        """The way as Terraform names it."""
        suffix = "" if self.protocol == "tcp" else f"-{self.protocol}"
        return f"{_short(self.origin)}-{_short(self.target)}-{self.port}{suffix}"


def storage(platform: Platform) -> str:
    """Return where buckets are: the internet, or without a way there the addresses of S3.

    AWS keeps those in a list of its own. The network's own way to S3 leads to them.
    """
    return INTERNET if platform.network.nat is not Nat.NONE else f"{_LISTS}{platform.region}{_S3}"


def is_group(name: str) -> bool:
    """Tell whether an end of a way is a security group, with rules of its own."""
    return "/" not in name and not name.startswith(_LISTS)


def _short(name: str) -> str:
    if name == INTERNET:
        return "internet"
    return name if is_group(name) else name.rpartition(".")[2]


def groups(platform: Platform) -> dict[str, str]:
    """Return the security groups by name, each with what it is for."""
    found = {
        LOAD_BALANCER: "The load balancer, the only door to the internet",
        CONTROL_PLANE: "The Kubernetes API",
        NODES: "Nodes and the pods on them",
        DATABASE_GROUP: "PostgreSQL",
        ENDPOINTS: "AWS services inside the network",
    }
    if platform.network.vpn is not None and platform.network.vpn.enabled:
        found[VPN] = "Administrators who came in by the VPN"
    return found


def ways(platform: Platform) -> dict[Way, tuple[str, ...]]:
    """Return every way that is meant, in order, each with the arrows that need it."""
    reasons: dict[Way, dict[str, None]] = {}
    for way, reason in (*_arrows(platform), *_cluster(platform), *_outward(platform)):
        reasons.setdefault(way, {})[reason] = None
    return {way: tuple(found) for way, found in sorted(reasons.items())}


def _arrows(platform: Platform) -> Iterator[tuple[Way, str]]:
    service = service_port(encrypted=platform.security.encryption.in_transit)
    for name, _ in platform.of_kind(Kind.STATIC):
        yield Way(INTERNET, LOAD_BALANCER, 443), "users"
        yield Way(LOAD_BALANCER, NODES, service), f"load balancer to {name}"
    for name, caller in platform.services.items():
        for callee in caller.calls:
            if callee == STORAGE:
                continue
            target = DATABASE_GROUP if callee == DATABASE else NODES
            port = STORE_PORTS.get(callee, service)
            yield Way(NODES, target, port), f"{name} to {callee}"


def _cluster(platform: Platform) -> Iterator[tuple[Way, str]]:
    yield Way(NODES, CONTROL_PLANE, 443), "nodes to the Kubernetes API"
    yield Way(CONTROL_PLANE, NODES, 443), "admission webhooks"
    yield Way(CONTROL_PLANE, NODES, 9443), "admission webhooks of controllers"
    yield Way(CONTROL_PLANE, NODES, 10250), "the API to kubelets"
    yield Way(CONTROL_PLANE, NODES, 10251), "the API to the add-on that measures pods"
    yield Way(NODES, NODES, 10250), "metrics of kubelets"
    yield Way(NODES, NODES, 53), "names of services"
    yield Way(NODES, NODES, 53, "udp"), "names of services"
    yield Way(NODES, NODES, REPOSITORY_SERVER), "Argo CD to its repository server"
    yield Way(NODES, NODES, STORE_PORTS[CACHE]), "Argo CD to its cache"
    for port, reason in _watching(platform).items():
        yield Way(NODES, NODES, port), reason
    if VPN in groups(platform):
        yield Way(VPN, CONTROL_PLANE, 443), "administrators to the Kubernetes API"


def _watching(platform: Platform) -> dict[int, str]:
    """Return the ports on which signals go from node to node, each with what goes there."""
    asked = {
        flow.figures_port(platform, service): f"figures of {name}"
        for name, service in platform.services.items()
        if service.kind in (Kind.STATIC, Kind.GATEWAY)
    }
    return {**asked, **_SIGNALS}


def _outward(platform: Platform) -> Iterator[tuple[Way, str]]:
    if platform.network.endpoints:
        yield Way(NODES, ENDPOINTS, 443), "nodes to AWS services"
    has_internet = platform.network.nat is not Nat.NONE
    reason = "images and AWS services" if has_internet else "layers of images, and buckets"
    yield Way(NODES, storage(platform), 443), reason
