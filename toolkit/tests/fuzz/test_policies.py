"""Whatever policies there are, the matrix says of each connection what a plain reading says."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundplan.reach import matrix, port
from groundplan.reach.address import Block
from groundplan.reach.pod import Pod

NAMESPACES = {"shop": {"team": "a"}, "ops": {"team": "b"}}
LABELS = ({"app": "x"}, {"app": "y"}, {"app": "x", "tier": "z"})
PORTS = {"web": ("tcp", 80), "names": ("udp", 53)}
PODS = [
    Pod(f"{namespace}-{number}", namespace, labels, around, PORTS)
    for namespace, around in NAMESPACES.items()
    for number, labels in enumerate(LABELS)
]
ADDRESSES = {
    name: ip_address(name) for name in ("192.0.2.1", "192.0.2.200", "198.51.100.1", "2001:db8::1")
}
ASKED = [(80, "tcp"), (53, "udp"), (53, "tcp"), (65535, "sctp")]

SELECTORS = st.fixed_dictionaries(
    {},
    optional={
        "matchLabels": st.sampled_from([{}, {"app": "x"}, {"app": "y"}, {"tier": "z"}]),
        "matchExpressions": st.lists(
            st.fixed_dictionaries(
                {
                    "key": st.sampled_from(["app", "tier"]),
                    "operator": st.sampled_from(["In", "NotIn"]),
                    "values": st.just(["x", "z"]),
                }
            ),
            max_size=1,
        ),
    },
)
AROUND = st.sampled_from([{}, {"matchLabels": {"team": "a"}}, {"matchLabels": {"team": "b"}}])
BLOCKS = st.sampled_from(
    [
        {"cidr": "0.0.0.0/0"},
        {"cidr": "192.0.2.0/24", "except": ["192.0.2.128/25"]},
        {"cidr": "198.51.100.1/32"},
        {"cidr": "::/0"},
    ]
)
PEERS = st.one_of(
    st.fixed_dictionaries({"podSelector": SELECTORS}),
    st.fixed_dictionaries({"namespaceSelector": AROUND}),
    st.fixed_dictionaries({"namespaceSelector": AROUND, "podSelector": SELECTORS}),
    st.fixed_dictionaries({"ipBlock": BLOCKS}),
)
OPENED = st.sampled_from(
    [
        {"port": 80},
        {"port": "web"},
        {"port": "names", "protocol": "UDP"},
        {"port": 1, "endPort": 60, "protocol": "UDP"},
        {"protocol": "TCP"},
        {"protocol": "SCTP"},
    ]
)
RULES = {
    key: st.lists(
        st.fixed_dictionaries(
            {},
            optional={key: st.lists(PEERS, max_size=2), "ports": st.lists(OPENED, max_size=2)},
        ),
        max_size=2,
    )
    for key in ("from", "to")
}
POLICIES = st.lists(
    st.builds(
        lambda namespace, spec: {
            "metadata": {"name": "one", "namespace": namespace},
            "spec": spec,
        },
        st.sampled_from(sorted(NAMESPACES)),
        st.fixed_dictionaries(
            {"podSelector": SELECTORS},
            optional={
                "policyTypes": st.lists(
                    st.sampled_from(["Ingress", "Egress"]), min_size=1, unique=True
                ),
                "ingress": RULES["from"],
                "egress": RULES["to"],
            },
        ),
    ),
    max_size=5,
)
EXCEPTION = {
    "metadata": {"name": "one", "namespace": "shop"},
    "spec": {
        "podSelector": {},
        "ingress": [
            {"from": [{"ipBlock": {"cidr": "192.0.2.0/24", "except": ["192.0.2.128/25"]}}]}
        ],
    },
}
"""Chance finds it rarely."""
Party = Pod | Any


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(POLICIES)
@example([EXCEPTION])
def test_the_matrix_agrees_with_a_plain_reading(policies: list[dict[str, Any]]) -> None:
    """For every pair of pods and addresses, and ports of every protocol."""
    networks = {
        name: frozenset({Block(ip_network(address))}) for name, address in ADDRESSES.items()
    }
    found = matrix.matrix(policies, PODS, networks=networks)
    opened = {(each.origin, each.target): each.ports for each in found.open}
    parties: dict[str, Party] = {**{each.name: each for each in PODS}, **ADDRESSES}
    for origin, one in parties.items():
        for target, other in parties.items():
            if not (isinstance(one, Pod) or isinstance(other, Pod)):
                continue
            for number, protocol in ASKED:
                wanted = port.one(number, protocol)
                is_open = port.shared(wanted, opened.get((origin, target), ())) == wanted
                expected = _sends(policies, one, other, number, protocol)
                assert (origin, target, number, expected) == (origin, target, number, is_open)


def _sends(
    policies: list[dict[str, Any]], one: Party, other: Party, number: int, protocol: str
) -> bool:
    """Read the policies as the specification is written: word by word, for one connection."""
    return all(
        not isinstance(judged, Pod)
        or not (holding := [each for each in policies if _holds(each["spec"], each, judged, key)])
        or any(
            _fits(rule, side, peer, each, number, protocol, other)
            for each in holding
            for rule in each["spec"].get(key, ())
        )
        for key, side, judged, peer in (
            ("ingress", "from", other, one),
            ("egress", "to", one, other),
        )
    )


def _holds(spec: Mapping[str, Any], policy: Mapping[str, Any], pod: Pod, key: str) -> bool:
    types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
    at_home = policy["metadata"]["namespace"] == pod.namespace
    return at_home and key.capitalize() in types and _selects(spec["podSelector"], pod.labels)


def _fits(
    rule: Mapping[str, Any],
    side: str,
    peer: Party,
    policy: Mapping[str, Any],
    number: int,
    protocol: str,
    target: Party,
) -> bool:
    peers, ports = rule.get(side) or [], rule.get("ports") or []
    return (not peers or any(_means(each, peer, policy) for each in peers)) and (
        not ports or any(_opens(each, number, protocol, target) for each in ports)
    )


def _means(written: Mapping[str, Any], peer: Party, policy: Mapping[str, Any]) -> bool:
    if "ipBlock" in written:
        if isinstance(peer, Pod):
            return False
        block = written["ipBlock"]
        outside = block.get("except", ())
        return peer in ip_network(block["cidr"]) and not any(
            peer in ip_network(each) for each in outside
        )
    if not isinstance(peer, Pod):
        return False
    if "namespaceSelector" not in written:
        at_home = peer.namespace == policy["metadata"]["namespace"]
        return at_home and _selects(written["podSelector"], peer.labels)
    return _selects(written["namespaceSelector"], peer.namespace_labels) and _selects(
        written.get("podSelector", {}), peer.labels
    )


def _selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for each in selector.get("matchExpressions", ()):
        if (labels.get(each["key"]) in each["values"]) != (each["operator"] == "In"):
            return False
    return True


def _opens(written: Mapping[str, Any], number: int, protocol: str, target: Party) -> bool:
    if written.get("protocol", "TCP").lower() != protocol:
        return False
    first = written.get("port")
    if isinstance(first, str):
        return isinstance(target, Pod) and target.ports.get(first) == (protocol, number)
    return first is None or first <= number <= written.get("endPort", first)
