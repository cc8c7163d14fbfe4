"""Who may speak to whom among what watches, and network policies that allow nothing else.

An arrow goes from a party to a party on one port, for a reason. Parties are pods of a namespace,
or networks. Nothing in or out of the namespaces of what watches, and then one policy a component.
Pods on the network of their node (node-exporter) are under none: Kubernetes has none for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from groundplan.model import flow
from groundplan.model.flow import COMPONENT_LABEL, NAMESPACE_LABEL, Networks, Party, Pods
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.monitoring import manifest, namespaces
from groundplan.targets.monitoring.collector import part
from groundplan.targets.monitoring.logstash import pipeline
from groundplan.targets.monitoring.manifest import Maker, Object

API: Final = "kubernetes-api"
API_SERVICE: Final = "kubernetes-service"
"""The address under which pods ask the API; it is none of a subnet."""
CERTIFICATES: Final = "cert-manager"
RELOADER_PORT: Final = 8080
"""Where the reloader of configuration beside Prometheus and Alertmanager shows its figures."""
NODES: Final = "nodes"
WORLD: Final = "internet"
NAMES: Final = "dns"
_OURS: Final = ("alertmanager", "collector-gateway", "elastic-setup", "elasticsearch", "grafana",
                "jaeger", "jaeger-cleaner", "kibana", "kube-state-metrics", "logstash",
                "prometheus")  # fmt: skip
_ELASTIC: Final = ("elasticsearch", "kibana", "logstash")
OPERATOR: Final = "prometheus-operator"
ELASTIC_OPERATOR: Final = "elastic-operator"
_EXPORTERS: Final = (flow.CACHE_EXPORTER, flow.DATABASE_EXPORTER)


@dataclass(frozen=True, slots=True, order=True)
class Arrow:
    """Who opens connections to whom, on which port."""

    origin: str
    target: str
    port: int
    protocol: str = "tcp"


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the network policies."""
    known, meant = parties(platform), arrows(platform)
    found: list[Object] = []
    for namespace in namespaces.NAMESPACES:
        found += _closed(Maker(platform, placement, namespace, namespace))
    for name, party in known.items():
        if isinstance(party, Pods) and party.namespace in namespaces.NAMESPACES:
            found.append(_policy(platform, placement, name, party, known, meant))
    return found


def parties(platform: Platform) -> dict[str, Party]:
    """Return everybody that an arrow may name."""
    monitoring, subnets = manifest.NAMESPACE, platform.network.subnets
    ours = {name: Pods(monitoring, COMPONENT_LABEL, name) for name in _OURS}
    measured = {name: Pods(platform.name, COMPONENT_LABEL, name) for name in platform.services}
    beside = (*_EXPORTERS, flow.COLLECTOR)
    return {
        **ours,
        **{name: Pods(monitoring, flow.ELASTIC_LABEL, name) for name in _ELASTIC},
        OPERATOR: Pods(monitoring, "app", "kube-prometheus-stack-operator"),
        "fluentd": Pods(manifest.AGENTS, COMPONENT_LABEL, "fluentd"),
        ELASTIC_OPERATOR: Pods(namespaces.OPERATOR, COMPONENT_LABEL, "elastic-operator"),
        **measured,
        **{name: Pods(platform.name, COMPONENT_LABEL, name) for name in beside},
        NAMES: Pods("kube-system", "k8s-app", "kube-dns"),
        CERTIFICATES: Pods(CERTIFICATES, COMPONENT_LABEL, "cert-manager"),
        API: Networks(subnets.private),
        API_SERVICE: Networks((flow.api_address(platform),)),
        NODES: Networks(subnets.private),
        WORLD: Networks((flow.WORLD,), flow.PRIVATE),
    }


def arrows(platform: Platform) -> dict[Arrow, str]:
    """Return every arrow that is meant, each with its reason."""
    found: dict[Arrow, str] = {}
    for arrow, reason in (
        *_figures(platform),
        *_lines(platform),
        *_spans(platform),
        *_operators(),
    ):
        found.setdefault(arrow, reason)
    return dict(sorted(found.items()))


def _figures(platform: Platform) -> Iterator[tuple[Arrow, str]]:
    within = {
        "prometheus": 9090,
        "alertmanager": 9093,
        "grafana": 3000,
        OPERATOR: 10250,
        "kube-state-metrics": 8080,
        "jaeger": part.FIGURES,
        flow.COLLECTOR: part.FIGURES,
        flow.CACHE_EXPORTER: flow.CACHE_EXPORTER_PORT,
        flow.DATABASE_EXPORTER: flow.DATABASE_EXPORTER_PORT,
        NAMES: 9153,
        CERTIFICATES: flow.CERTIFICATES_PORT,
    }
    for name, port in within.items():
        yield Arrow("prometheus", name, port), f"figures of {name}"
    for port in (part.FIGURES, 8889):
        yield Arrow("prometheus", part.GATEWAY, port), "figures of and through the collectors"
    for port in (10250, 9100):
        yield Arrow("prometheus", NODES, port), "figures of kubelets, containers and nodes"
    for name in ("prometheus", "alertmanager"):
        yield Arrow("prometheus", name, RELOADER_PORT), f"figures of what reloads {name}"
    yield from _asks("prometheus", "targets, and figures of the Kubernetes API")
    for name, service in platform.services.items():
        if flow.shows_figures(platform, name):
            port = flow.figures_port(platform, service)
            yield Arrow("prometheus", name, port), f"figures of {name}"
    yield Arrow("grafana", "prometheus", 9090), "dashboards"
    yield from _asks("grafana", "dashboards are found by their labels")
    for protocol in ("tcp", "udp"):
        yield Arrow("alertmanager", "alertmanager", 9094, protocol), "copies tell each other"
    yield Arrow("alertmanager", WORLD, 443), "notifications, to the platform's address and others"
    for name, _ in platform.of_kind(Kind.BACKEND):
        yield Arrow(name, "prometheus", 9090), "the console shows figures"


def _lines(platform: Platform) -> Iterator[tuple[Arrow, str]]:
    yield Arrow("fluentd", "logstash", pipeline.PORT), "lines"
    for name in ("logstash", "kibana", "elastic-setup", "jaeger", "jaeger-cleaner"):
        yield Arrow(name, "elasticsearch", 9200), f"{name} stores or asks"
    for port in (9200, 9300):
        yield Arrow("elasticsearch", "elasticsearch", port), "nodes of one cluster"
    yield Arrow("elastic-setup", "kibana", 5601), "saved searches"
    for name, _ in platform.of_kind(Kind.BACKEND):
        yield Arrow(name, "elasticsearch", 9200), "the console shows lines"


def _spans(platform: Platform) -> Iterator[tuple[Arrow, str]]:
    yield Arrow(flow.COLLECTOR, part.GATEWAY, part.GRPC), "spans of the platform's pods"
    yield Arrow("fluentd", part.GATEWAY, part.HTTP), "spans of the edge"
    yield Arrow(part.GATEWAY, part.GATEWAY, part.GRPC), "spans of the edge to their trace's copy"
    yield Arrow(part.GATEWAY, "jaeger", part.GRPC), "traces that are kept"
    for name, _ in platform.of_kind(Kind.BACKEND):
        yield Arrow(name, "jaeger", flow.JAEGER_PORT), "the console shows traces"


def _operators() -> Iterator[tuple[Arrow, str]]:
    for name in (OPERATOR, ELASTIC_OPERATOR, "kube-state-metrics"):
        yield from _asks(name, "objects of the cluster")
    yield Arrow(API, OPERATOR, 10250), "rules are checked before they are taken"
    yield Arrow(API, ELASTIC_OPERATOR, 9443), "objects are checked before they are taken"
    for name, port in (("elasticsearch", 9200), ("kibana", 5601), ("logstash", 9600)):
        yield Arrow(ELASTIC_OPERATOR, name, port), f"the operator asks {name} how it is"


def _asks(name: str, reason: str) -> Iterator[tuple[Arrow, str]]:
    """Yield that the API is asked, by its service's address and by its own."""
    for target in (API_SERVICE, API):
        yield Arrow(name, target, 443), reason


def _closed(maker: Maker) -> list[Object]:
    """Return that nothing is allowed in a namespace but to ask for names."""
    everybody: dict[str, Any] = {"podSelector": {}}
    deny = {**everybody, "policyTypes": ["Ingress", "Egress"]}
    asked = {
        "to": [
            {
                "namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: "kube-system"}},
                "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
            }
        ],
        "ports": [{"port": 53, "protocol": protocol} for protocol in ("TCP", "UDP")],
    }
    names = {**everybody, "policyTypes": ["Egress"], "egress": [asked]}
    return [
        _made(maker, "default-deny", "what no other policy allows is refused, in and out", deny),
        _made(maker, "dns", "every pod asks for names", names),
    ]


def _policy(
    platform: Platform,
    placement: Placement,
    name: str,
    party: Pods,
    known: Mapping[str, Party],
    meant: Mapping[Arrow, str],
) -> Object:
    maker = Maker(platform, placement, name, party.namespace)
    spec: dict[str, Any] = {
        "podSelector": {"matchLabels": {party.label: party.value}},
        "policyTypes": ["Ingress", "Egress"],
    }
    reasons: dict[str, None] = {}
    for side, key in (("ingress", "from"), ("egress", "to")):
        rules = []
        for arrow, reason in meant.items():
            here, there = arrow.target, arrow.origin
            if side == "egress":
                here, there = there, here
            if here == name:
                reasons[f"{arrow.origin} to {arrow.target}: {reason}"] = None
                port = {"port": arrow.port, "protocol": arrow.protocol.upper()}
                rules.append({key: _peers(known[there], party.namespace), "ports": [port]})
        if rules:
            spec[side] = rules
    return _made(maker, name, "; ".join(reasons), spec)


def _made(maker: Maker, name: str, reason: str, spec: Mapping[str, Any]) -> Object:
    kind = "networking.k8s.io/v1 NetworkPolicy"
    return maker.make(kind, {"spec": dict(spec)}, name, annotations={manifest.REASON: reason})


def _peers(party: Party, namespace: str) -> list[dict[str, Any]]:
    if isinstance(party, Networks):
        outside = [str(each) for each in party.outside]
        blocks = [{"cidr": str(each)} for each in party.inside]
        return [
            {"ipBlock": {**block, **({"except": outside} if outside else {})}} for block in blocks
        ]
    pods: dict[str, Any] = {"podSelector": {"matchLabels": {party.label: party.value}}}
    if party.namespace != namespace:
        pods["namespaceSelector"] = {"matchLabels": {NAMESPACE_LABEL: party.namespace}}
    return [pods]
