"""Names lead somewhere and selectors select; what does not is found."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import reference

Object = dict[str, Any]
Find = Callable[[str], Object]
Spoil = Callable[[Find, Object], object]
OTHER = {"matchLabels": {"app.kubernetes.io/name": "nobody"}}


def test_a_whole_service_has_no_finding(objects: list[Object]) -> None:
    """Nothing is said of what fits together."""
    assert [] == [str(each) for each in reference.findings(objects)]


SPOILED: dict[str, tuple[str, Spoil]] = {
    "workload selects others": (
        "Deployment shop/backend: spec.selector: must select the pods of its template",
        lambda find, pod: find("Deployment")["spec"].update(selector=OTHER),
    ),
    "spread counts others": (
        "topologySpreadConstraints[0].labelSelector: must select the pods that it spreads",
        lambda find, pod: pod["topologySpreadConstraints"][0].update(labelSelector=OTHER),
    ),
    "hard affinity": (
        "affinity.podAntiAffinity.required: must select",
        lambda find, pod: pod.update(
            affinity={
                "podAntiAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [{"labelSelector": OTHER}]
                }
            }
        ),
    ),
    "soft affinity": (
        "affinity.podAntiAffinity.preferred: must select",
        lambda find, pod: pod.update(
            affinity={
                "podAntiAffinity": {
                    "preferredDuringSchedulingIgnoredDuringExecution": [
                        {"weight": 1, "podAffinityTerm": {"labelSelector": OTHER}}
                    ]
                }
            }
        ),
    ),
    "company": (
        "affinity.podAffinity.required: must select pods, selects none",
        lambda find, pod: pod.update(
            affinity={
                "podAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [{"labelSelector": OTHER}]
                }
            }
        ),
    ),
    "service selects nothing": (
        "Service shop/backend: spec.selector: must select pods, selects none",
        lambda find, pod: find("Service")["spec"].update(selector={"app": "nobody"}),
    ),
    "service elsewhere": (
        "Service other/backend: spec.selector: must select pods, selects none",
        lambda find, pod: find("Service")["metadata"].update(namespace="other"),
    ),
    "budget selects nothing": (
        "PodDisruptionBudget shop/backend: spec.selector: must select pods",
        lambda find, pod: find("PodDisruptionBudget")["spec"].update(selector=OTHER),
    ),
    "policy selects nothing": (
        "NetworkPolicy shop/backend: spec.podSelector: must select pods",
        lambda find, pod: find("NetworkPolicy")["spec"].update(podSelector=OTHER),
    ),
    "policy admits nobody": (
        "NetworkPolicy shop/backend: spec.ingress[0].from[0]: must select pods",
        lambda find, pod: find("NetworkPolicy")["spec"]["ingress"][0].update(
            {"from": [{"podSelector": OTHER}]}
        ),
    ),
    "policy leads nowhere": (
        "NetworkPolicy shop/backend: spec.egress[0].to[0]: must select pods",
        lambda find, pod: find("NetworkPolicy")["spec"].update(
            egress=[{"to": [{"podSelector": OTHER}]}]
        ),
    ),
    "target port by name": (
        "spec.ports[https].targetPort: must be a port of Deployment shop/backend, is http",
        lambda find, pod: find("Service")["spec"]["ports"][0].update(targetPort="http"),
    ),
    "target port by number": (
        "spec.ports[https].targetPort: must be a port of Deployment shop/backend, is 8080",
        lambda find, pod: find("Service")["spec"]["ports"][0].update(targetPort=8080),
    ),
    "target port unsaid": (
        "spec.ports[https].targetPort: must be a port of Deployment shop/backend, is 443",
        lambda find, pod: find("Service")["spec"].update(ports=[{"name": "https", "port": 443}]),
    ),
    "container port renamed": (
        "spec.ports[https].targetPort: must be a port",
        lambda find, pod: pod["containers"][0]["ports"][0].update(name="web"),
    ),
    "probe of no port": (
        "readinessProbe.port: must be a port of its own, is http",
        lambda find, pod: pod["containers"][0]["readinessProbe"]["httpGet"].update(port="http"),
    ),
    "ingress to no service": (
        "backend: must be a Service, is nobody",
        lambda find, pod: _service(find).update(name="nobody"),
    ),
    "ingress to no port": (
        "backend.port: must be a port of backend",
        lambda find, pod: _service(find).update(port={"number": 80}),
    ),
    "default backend": (
        "spec.defaultBackend.service: must be a Service, is nobody",
        lambda find, pod: find("Ingress")["spec"].update(
            defaultBackend={"service": {"name": "nobody", "port": {"number": 80}}}
        ),
    ),
    "secret of nobody": (
        "volumes[secrets]: must be rendered with it: Secret nobody-secrets",
        lambda find, pod: pod["volumes"][0]["secret"].update(secretName="nobody-secrets"),
    ),
    "budget without room": (
        "PodDisruptionBudget shop/backend: spec: must leave room",
        lambda find, pod: find("PodDisruptionBudget")["spec"].update(minAvailable=3),
    ),
}
"""What is spoiled, what must be said, and how."""


def _service(find: Find) -> Object:
    way = find("Ingress")["spec"]["rules"][0]["http"]["paths"][0]
    found: Object = way["backend"]["service"]
    return found


@pytest.mark.parametrize("name", SPOILED)
def test_each_reference_is_followed(
    name: str, objects: list[Object], find: Find, pod: Object
) -> None:
    """One name or selector spoiled is found, and said."""
    said, spoil = SPOILED[name]
    spoil(find, pod)
    found = [str(each) for each in reference.findings(objects)]
    assert any(said in each for each in found), found


def test_an_object_is_there_once(objects: list[Object], find: Find) -> None:
    """The same identity twice is found, under another version too."""
    again = copy.deepcopy(find("HorizontalPodAutoscaler")) | {"apiVersion": "autoscaling/v1"}
    found = [str(each) for each in reference.findings([*objects, again])]
    assert "HorizontalPodAutoscaler shop/backend: must be there once, is 2 times" in found


def test_pods_of_other_namespaces_are_not_known(objects: list[Object], find: Find) -> None:
    """Who is admitted from another namespace is not looked for."""
    elsewhere = {"namespaceSelector": {}, "podSelector": OTHER}
    find("NetworkPolicy")["spec"]["ingress"][0]["from"] = [elsewhere]
    assert [] == reference.findings(objects)


def test_actions_of_the_load_balancer_are_no_services(objects: list[Object], find: Find) -> None:
    """A backend that stands in an annotation is not looked for among Services."""
    _service(find).update(name="ssl-redirect", port={"name": "use-annotation"})
    assert [] == reference.findings(objects)


def test_a_service_without_selector_stands_for_something_else(
    objects: list[Object], find: Find
) -> None:
    """A Service by an external name has no pods to select."""
    find("Service")["spec"] = {
        "type": "ExternalName",
        "externalName": "db.example",
        "ports": [{"name": "https", "port": 8443}],
    }
    assert [] == reference.findings(objects)
