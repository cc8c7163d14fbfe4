"""What is mounted, read or named is there; what is not is found with its name."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import mounted

Object = dict[str, Any]
Find = Callable[[str], Object]
Spoil = Callable[[Find, Object], object]


def test_everything_is_there(objects: list[Object]) -> None:
    """Secrets of ExternalSecrets and Certificates count, as do rendered ConfigMaps."""
    assert [] == [str(each) for each in mounted.findings(objects)]


SPOILED: dict[str, tuple[str, Spoil]] = {
    "service account": (
        "serviceAccountName: must be rendered with it: ServiceAccount nobody",
        lambda find, pod: pod.update(serviceAccountName="nobody"),
    ),
    "priority class": (
        "priorityClassName: must be rendered with it: PriorityClass low",
        lambda find, pod: pod.update(priorityClassName="low"),
    ),
    "pull secret": (
        "imagePullSecrets: must be rendered with it: Secret registry",
        lambda find, pod: pod.update(imagePullSecrets=[{"name": "registry"}]),
    ),
    "projected secret": (
        "volumes[tls]: must be rendered with it: Secret backend-tls",
        lambda find, pod: find("Certificate")["spec"].update(secretName="another"),
    ),
    "key of a certificate": (
        "volumes[tls]: must be keys of Secret backend-tls: tls.pem",
        lambda find, pod: pod["volumes"][1]["projected"]["sources"][0]["secret"].update(
            items=[{"key": "tls.pem", "path": "tls.pem"}]
        ),
    ),
    "key of an external secret": (
        "volumes[secrets]: must be keys of Secret backend-secrets: redis-url",
        lambda find, pod: pod["volumes"][0]["secret"].update(
            items=[{"key": "redis-url", "path": "redis-url"}]
        ),
    ),
    "config map": (
        "volumes[config]: must be rendered with it: ConfigMap nobody",
        lambda find, pod: pod["volumes"][2]["configMap"].update(name="nobody"),
    ),
    "claim": (
        "volumes[data]: must be rendered with it: PersistentVolumeClaim data",
        lambda find, pod: pod["volumes"].append(
            {"name": "data", "persistentVolumeClaim": {"claimName": "data"}}
        ),
    ),
    "variable": (
        "containers[backend].env[LOG_LEVEL]: must be keys of ConfigMap backend: colour",
        lambda find, pod: _variable(pod).update(name="backend", key="colour"),
    ),
    "variables": (
        "containers[backend].envFrom: must be rendered with it: Secret all",
        lambda find, pod: pod["containers"][0].update(envFrom=[{"secretRef": {"name": "all"}}]),
    ),
    "headless service": (
        "spec.serviceName: must be rendered with it: Service nobody",
        lambda find, pod: find("Deployment").update(
            kind="StatefulSet", spec=find("Deployment")["spec"] | {"serviceName": "nobody"}
        ),
    ),
    "ingress certificate": (
        "spec.tls: must be rendered with it: Secret edge",
        lambda find, pod: find("Ingress")["spec"].update(tls=[{"secretName": "edge"}]),
    ),
    "ingress class": (
        "spec.ingressClassName: must be rendered with it: IngressClass edge",
        lambda find, pod: find("Ingress")["spec"].update(ingressClassName="edge"),
    ),
    "class's parameters": (
        "spec.parameters: must be rendered with it: IngressClassParams edge",
        lambda find, pod: find("Ingress").update(
            kind="IngressClass",
            spec={"parameters": {"kind": "IngressClassParams", "name": "edge"}},
        ),
    ),
    "claim's class": (
        "spec.storageClassName: must be rendered with it: StorageClass gp3",
        lambda find, pod: find("Ingress").update(
            kind="PersistentVolumeClaim", spec={"storageClassName": "gp3"}
        ),
    ),
    "claim without a class": (
        "volumeClaimTemplates[data].spec.storageClassName: must be rendered with it: StorageClass",
        lambda find, pod: find("Deployment").update(
            kind="StatefulSet",
            spec=find("Deployment")["spec"]
            | {"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]},
        ),
    ),
    "issuer": (
        "spec.issuerRef: must be rendered with it: ClusterIssuer authority",
        lambda find, pod: find("Certificate")["spec"]["issuerRef"].update(kind="ClusterIssuer"),
    ),
    "authority's secret": (
        "spec.ca.secretName: must be rendered with it: Secret root",
        lambda find, pod: find("Issuer").update(spec={"ca": {"secretName": "root"}}),
    ),
    "store": (
        "spec.secretStoreRef: must be rendered with it: SecretStore nobody",
        lambda find, pod: find("ExternalSecret")["spec"]["secretStoreRef"].update(name="nobody"),
    ),
}
"""What is spoiled, what must be said, and how."""


def _variable(pod: Object) -> Object:
    found: Object = pod["containers"][0]["env"][0]["valueFrom"]["configMapKeyRef"]
    return found


@pytest.mark.parametrize("name", SPOILED)
def test_each_name_is_looked_for(
    name: str, objects: list[Object], find: Find, pod: Object
) -> None:
    """One name spoiled is one finding."""
    said, spoil = SPOILED[name]
    spoil(find, pod)
    found = [str(each) for each in mounted.findings(objects)]
    assert any(said in each for each in found), found


def test_claims_of_a_stateful_set_are_there(
    objects: list[Object], find: Find, pod: Object
) -> None:
    """One of each template for each pod, by number; one more is not made."""
    workload, klass = find("Deployment"), {"storageClassName": "fast"}
    claims = [{"metadata": {"name": "data"}, "spec": klass}]
    workload["kind"] = "StatefulSet"
    workload["spec"].update(replicas=2, volumeClaimTemplates=claims)
    pod["volumes"] += [
        {
            "name": f"data-{number}",
            "persistentVolumeClaim": {"claimName": f"data-backend-{number}"},
        }
        for number in range(3)
    ]
    found = {each.must for each in mounted.findings(objects, present=["StorageClass fast"])}
    assert {"must be rendered with it: PersistentVolumeClaim data-backend-2"} == found


def test_what_the_cluster_has_is_present(objects: list[Object], pod: Object) -> None:
    """What was there before may be named."""
    pod["priorityClassName"] = "low"
    assert [] == mounted.findings(objects, present=["PriorityClass low"])


def test_what_every_cluster_has_is_known(objects: list[Object], pod: Object) -> None:
    """The authority's ConfigMap, the default account and the system's priorities."""
    pod.update(serviceAccountName="default", priorityClassName="system-cluster-critical")
    pod["volumes"].append({"name": "root", "configMap": {"name": "kube-root-ca.crt"}})
    assert [] == mounted.findings(objects)


def test_what_is_optional_may_be_missing(objects: list[Object], pod: Object) -> None:
    """Optional volumes and variables are not looked for."""
    pod["volumes"].append({"name": "more", "secret": {"secretName": "x", "optional": True}})
    _variable(pod).update(name="nobody", optional=True)
    assert [] == mounted.findings(objects)


def test_another_namespace_is_another_place(objects: list[Object], find: Find) -> None:
    """A ConfigMap of the same name elsewhere does not count."""
    find("ConfigMap")["metadata"]["namespace"] = "other"
    assert "must be rendered with it: ConfigMap backend" in {
        each.must for each in mounted.findings(objects)
    }


def test_an_external_secret_may_take_whole_documents(
    objects: list[Object], find: Find, pod: Object
) -> None:
    """Keys are not compared where nobody can know them."""
    find("ExternalSecret")["spec"].update(
        target={"name": "backend-secrets"}, dataFrom=[{"extract": {"key": "x"}}]
    )
    pod["volumes"][0]["secret"]["items"] = [{"key": "redis-url", "path": "a"}]
    assert [] == mounted.findings(objects)


def test_a_bound_account_is_there(binding: Object, objects: list[Object]) -> None:
    """A binding to a service account of its namespace names one that is rendered."""
    binding["subjects"] = [{"kind": "ServiceAccount", "name": "nobody", "namespace": "shop"}]
    (found,) = mounted.findings([*objects, binding])
    assert "must be rendered with it: ServiceAccount nobody" == found.must
