"""Services that a policy leaves closed though it means their pods."""

from typing import Any

from groundplan.admission import service

Object = dict[str, Any]
THEIRS = {"operator.example/type": "store"}
OURS = {"app.kubernetes.io/name": "store"}


def made(kind: str, space: str, spec: Object, labels: dict[str, str] | None = None) -> Object:
    """Return an object."""
    version = {"NetworkPolicy": "networking.k8s.io/v1"}.get(kind, "v1")
    meta = {"name": kind.lower(), "namespace": space, "labels": labels or {}}
    return {"apiVersion": version, "kind": kind, "metadata": meta, "spec": spec}


def judged(
    peer: dict[str, str], *, port: int = 9200, space: str = "data", **changed: Any
) -> list[str]:
    """Return what is wrong with a rule that means pods by some labels."""
    ports = [{"port": 9200, "targetPort": "http"}]
    pods = {"podSelector": {"matchLabels": peer}}
    into = {"namespaceSelector": {"matchLabels": {service.NAMESPACE_LABEL: space}}}
    rule = {"to": [{**pods, **into}], "ports": [{"port": port, "protocol": "TCP"}]}
    objects = [
        made("Pod", "data", {"containers": []}, {**THEIRS, **OURS}),
        made("Service", "data", {"selector": THEIRS, "ports": ports, **changed}),
        made("NetworkPolicy", "shop", {"podSelector": {}, "egress": [rule]}),
    ]
    return [str(each) for each in service.findings(objects)]


def test_a_rule_by_the_services_own_selector_opens_it() -> None:
    """The pods bear it too."""
    assert [] == judged(THEIRS)


def test_a_rule_by_another_label_of_its_pods_does_not() -> None:
    """The pods are open, and the address under which they are reached is not."""
    [found] = judged(OURS)
    assert found.startswith("NetworkPolicy shop/networkpolicy: spec.egress[0]: must mean")
    assert "Service data/service" in found


def test_what_is_not_meant_is_not_missed() -> None:
    """Other pods, ports and namespaces, and a service without an address of its own."""
    assert [] == judged({"app.kubernetes.io/name": "other"})
    assert [] == judged(OURS, port=9300)
    assert [] == judged(OURS, space="elsewhere")
    assert [] == judged(OURS, clusterIP="None")
