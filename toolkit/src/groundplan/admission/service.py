"""Whether whom a policy means can be reached by their service, where addresses come untranslated.

What enforces policies on EKS judges a packet before a service's address becomes a pod's. It allows
the service's address only if the service's own selector is one that the rule's peer means: labels
that the pods bear beside those of the selector do not count. Takes objects; hands on the services
that stay closed though their pods are meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, namespace, title
from groundplan.admission.pod import Pod, pods
from groundplan.admission.selector import matches

NAMESPACE_LABEL: Final = "kubernetes.io/metadata.name"
_HEADLESS: Final = "None"
Peer = Mapping[str, Any]


def findings(objects: Iterable[Object]) -> list[Finding]:
    """Return every service whose pods a rule means, on a port of its own, but not its address."""
    kept = tuple(objects)
    services = [each for each in kept if each["kind"] == "Service" and _has_address(each)]
    known = list(pods(kept))
    return [
        Finding(
            title(policy),
            f"spec.egress[{number}]",
            f"must mean the selector of {title(service)} too, not only its pods",
        )
        for policy in kept
        if policy["kind"] == "NetworkPolicy"
        for number, rule in enumerate(policy["spec"].get("egress") or ())
        for service in _closed(namespace(policy), rule, services, known)
    ]


def _closed(
    home: str, rule: Mapping[str, Any], services: Sequence[Object], known: Sequence[Pod]
) -> Iterator[Object]:
    """Yield the services whose pods a rule means, while no peer means their selector."""
    peers = [each for each in rule.get("to") or () if "podSelector" in each]
    ports = {each.get("port") for each in rule.get("ports") or ()}
    for service in services:
        near = [each for each in peers if _is_near(each, home, namespace(service))]
        chosen = service["spec"]["selector"]
        behind = [
            each.labels
            for each in known
            if each.namespace == namespace(service) and chosen.items() <= each.labels.items()
        ]
        means_pods = any(_means(peer, labels) for peer in near for labels in behind)
        if (
            means_pods
            and ports & _ports(service)
            and not any(_means(each, chosen) for each in near)
        ):
            yield service


def _has_address(service: Object) -> bool:
    spec = service["spec"]
    return bool(spec.get("selector")) and spec.get("clusterIP") != _HEADLESS


def _is_near(peer: Peer, home: str, space: str) -> bool:
    """Tell whether a peer looks into a namespace."""
    if "namespaceSelector" not in peer:
        return home == space
    return matches(peer["namespaceSelector"], {NAMESPACE_LABEL: space})


def _means(peer: Peer, labels: Mapping[str, str]) -> bool:
    return matches(peer["podSelector"], labels)


def _ports(service: Object) -> set[Any]:
    """Return the numbers by which a rule may name a service's ports."""
    return {
        each[key]
        for each in service["spec"]["ports"]
        for key in ("port", "targetPort")
        if key in each
    }
