"""Policies and pods as they were rendered: what a cluster would be given, patches and all.

Takes objects as plain values, of whatever kind; hands on what `reach.matrix` compares.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from groundplan.model.flow import COMPONENT_LABEL, NAMESPACE_LABEL
from groundplan.reach.address import Network
from groundplan.reach.pod import Pod
from groundplan.reach.policy import Names, Policy
from groundplan.reach.selector import Labels

Object = Mapping[str, Any]
POLICY: Final = "NetworkPolicy"
TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Deployment": ("spec", "template"),
    "Job": ("spec", "template"),
    "Pod": (),
    "StatefulSet": ("spec", "template"),
}
"""Where each kind says what its pods are."""
KINDS: Final = (POLICY, "Namespace", *TEMPLATES)
"""Everything that is read; other kinds are passed over."""


def policies(objects: Iterable[Object]) -> list[Policy]:
    """Return the network policies among objects."""
    return [each for each in objects if each["kind"] == POLICY]


def pods(objects: Iterable[Object], networks: tuple[Network, ...] = ()) -> list[Pod]:
    """Return the pods that workloads among objects make, by component.

    Args:
        objects: everything that was rendered.
        networks: where their addresses are.
    """
    objects = tuple(objects)
    labels = dict(_namespaces(objects))
    found: dict[str, Pod] = {}
    for each in objects:
        if each["kind"] in TEMPLATES:
            pod = _pod(each, labels, networks, found)
            found[pod.name] = pod
    return list(found.values())


def _namespaces(objects: Iterable[Object]) -> Iterator[tuple[str, Labels]]:
    for each in objects:
        if each["kind"] == "Namespace":
            name = each["metadata"]["name"]
            yield name, {**(each["metadata"].get("labels") or {}), NAMESPACE_LABEL: name}


def _pod(
    workload: Object,
    namespaces: Mapping[str, Labels],
    networks: tuple[Network, ...],
    others: Mapping[str, Pod],
) -> Pod:
    metadata = workload["metadata"]
    namespace = metadata.get("namespace", "default")
    template: Object = workload
    for key in TEMPLATES[workload["kind"]]:
        template = template[key]
    labels = (template.get("metadata") or {}).get("labels") or {}
    name = labels.get(COMPONENT_LABEL, metadata["name"])
    if name in others and others[name].labels != labels:
        name = f"{name} ({workload['kind']} {metadata['name']})"
    return Pod(
        name=name,
        namespace=namespace,
        labels=labels,
        namespace_labels=namespaces.get(namespace, {NAMESPACE_LABEL: namespace}),
        ports=_ports(template["spec"]),
        networks=networks,
    )


def _ports(spec: Mapping[str, Any]) -> Names:
    return {
        port["name"]: (str(port.get("protocol") or "TCP").lower(), port["containerPort"])
        for container in spec.get("containers") or ()
        for port in container.get("ports") or ()
        if "name" in port
    }
