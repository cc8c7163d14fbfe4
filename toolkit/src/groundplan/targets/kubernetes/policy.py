"""Network policies: nothing in or out, and then one policy for each side of each arrow.

Takes the flows that the file means; hands on the callee's side in the callee's folder and the
caller's side in the caller's. Each says in an annotation why it is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from lightkube.models.meta_v1 import LabelSelector
from lightkube.models.networking_v1 import (
    IPBlock,
    NetworkPolicyEgressRule,
    NetworkPolicyIngressRule,
    NetworkPolicyPeer,
    NetworkPolicyPort,
    NetworkPolicySpec,
)
from lightkube.resources.networking_v1 import NetworkPolicy

from groundplan.model import flow
from groundplan.model.flow import Flow, Networks, Party, Pods
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.object import Object

REASON: Final = "groundplan.dev/reason"
"""The annotation that says why a policy is there."""
NAMESPACE: Final = "namespace"
"""The folder of what is there first: what belongs to all, and what hooks before a release need."""
JOBS: Final = "jobs"
"""The folder of what runs by the clock."""
WORDS: Final = frozenset(("to", "from"))

Sides = Mapping[tuple[str, str], list[Flow]]
"""Flows by the component that a policy selects and the party at the other end."""


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the network policies by folder."""
    return _Policies(platform, placement).by_folder()


class _Policies:
    """The policies of one platform in one environment."""

    def __init__(self, platform: Platform, placement: Placement) -> None:
        self.platform = platform
        self.placement = placement
        self.parties = flow.parties(platform)
        self.components = flow.components(platform)
        self.folders = {
            **dict.fromkeys(flow.hooks(platform), NAMESPACE),
            **dict.fromkeys(flow.copies(platform), JOBS),
        }
        self.reasons = flow.flows(platform)

    def by_folder(self) -> dict[str, list[Object]]:
        found: dict[str, list[Object]] = defaultdict(list)
        found[NAMESPACE] = [self._deny(), self._names()]
        incoming, outgoing = self._sides()
        for (name, other), flows in sorted(incoming.items()):
            found[self._folder(name)].append(self._ingress(name, other, flows))
        for (name, other), flows in sorted(outgoing.items()):
            found[self._folder(name)].append(self._egress(name, other, flows))
        return dict(found)

    def _sides(self) -> tuple[Sides, Sides]:
        incoming, outgoing = defaultdict(list), defaultdict(list)
        for each in self.reasons:
            if each.target in self.components:
                incoming[each.target, each.origin].append(each)
            if each.origin in self.components and each.target != flow.DNS:
                outgoing[each.origin, each.target].append(each)
        return incoming, outgoing

    def _folder(self, component: str) -> str:
        return self.folders.get(component, component)

    def _deny(self) -> NetworkPolicy:
        spec = NetworkPolicySpec(podSelector=LabelSelector(), policyTypes=["Ingress", "Egress"])
        reason = "what no other policy allows is refused, in and out"
        return self._policy(self.platform.name, "default-deny", reason, spec)

    def _names(self) -> NetworkPolicy:
        spec = NetworkPolicySpec(
            podSelector=LabelSelector(),
            policyTypes=["Egress"],
            egress=[
                NetworkPolicyEgressRule(
                    to=_peers(self.platform, self.parties[flow.DNS]),
                    ports=[_port(53, "tcp"), _port(53, "udp")],
                )
            ],
        )
        return self._policy(self.platform.name, "dns", "every pod asks for names", spec)

    def _ingress(self, name: str, other: str, flows: list[Flow]) -> NetworkPolicy:
        rule = NetworkPolicyIngressRule(
            from_=_peers(self.platform, self.parties[other]), ports=_ports(flows)
        )
        spec = NetworkPolicySpec(
            podSelector=label.selector(name), policyTypes=["Ingress"], ingress=[rule]
        )
        return self._policy(name, _name(name, "from", other), self._reason(flows), spec)

    def _egress(self, name: str, other: str, flows: list[Flow]) -> NetworkPolicy:
        rule = NetworkPolicyEgressRule(
            to=_peers(self.platform, self.parties[other]), ports=_ports(flows)
        )
        spec = NetworkPolicySpec(
            podSelector=label.selector(name), policyTypes=["Egress"], egress=[rule]
        )
        return self._policy(name, _name(name, "to", other), self._reason(flows), spec)

    def _reason(self, flows: Iterable[Flow]) -> str:
        return ", ".join(dict.fromkeys(self.reasons[each] for each in flows))

    def _policy(
        self, component: str, name: str, reason: str, spec: NetworkPolicySpec
    ) -> NetworkPolicy:
        metadata = label.metadata(
            self.platform, self.placement, component, name, annotations={REASON: reason}
        )
        return NetworkPolicy(metadata=metadata, spec=spec)


def _name(component: str, word: str, other: str) -> str:
    """Return a name that no other arrow has, though services may be called `a-to-b`."""
    is_plain = WORDS.isdisjoint((*component.split("-"), *other.split("-")))
    joint = "-" if is_plain else "."
    return joint.join((component, word, other.replace("/", ".")))


def _peers(platform: Platform, party: Party) -> list[NetworkPolicyPeer]:
    if isinstance(party, Networks):
        return [NetworkPolicyPeer(ipBlock=block) for block in _blocks(party)]
    pods = LabelSelector(matchLabels={party.label: party.value})
    if party.namespace == platform.name:
        return [NetworkPolicyPeer(podSelector=pods)]
    return [NetworkPolicyPeer(namespaceSelector=_namespace(party), podSelector=pods)]


def _namespace(party: Pods) -> LabelSelector:
    return LabelSelector(matchLabels={flow.NAMESPACE_LABEL: party.namespace})


def _blocks(party: Networks) -> list[IPBlock]:
    return [
        IPBlock(str(network), except_=[str(each) for each in party.outside] or None)
        for network in party.inside
    ]


def _ports(flows: Iterable[Flow]) -> list[NetworkPolicyPort]:
    return [_port(each.port, each.protocol) for each in flows]


def _port(number: int, protocol: str) -> NetworkPolicyPort:
    return NetworkPolicyPort(port=number, protocol=protocol.upper())
