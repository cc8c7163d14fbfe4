"""What API servers accept and nobody meant: names that lead nowhere, and selectors of nothing.

Takes all objects that are delivered together; hands on findings, those of `mounted`, `fetched`,
`paths` and `availability` among them. Objects of other renders are not known here: what a cluster
has before anything is delivered can be told as `present`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from groundplan.admission import availability, fetched, mounted, paths
from groundplan.admission.finding import Finding, Object, identity, namespace, title
from groundplan.admission.pod import Pod, containers, pods
from groundplan.admission.selector import matches

SELECTING: Final = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
"""Kinds whose selector must select the pods of their own template."""
PROBES: Final = ("startupProbe", "readinessProbe", "livenessProbe")


def findings(objects: Iterable[Object], present: Collection[str] = ()) -> list[Finding]:
    """Return every reference that leads nowhere or somewhere else than meant.

    Args:
        objects: all that is delivered together.
        present: `Kind name` of objects that the cluster has already.
    """
    kept = tuple(objects)
    found = [*_twice(kept), *_own_templates(kept), *_selectors(kept), *_peers(kept)]
    found += [*_company(kept), *_service_ports(kept), *_probe_ports(kept), *_ingresses(kept)]
    found += mounted.findings(kept, present)
    found += [*fetched.findings(kept), *paths.findings(kept)]
    return [*found, *availability.findings(kept)]


def _twice(objects: Sequence[Object]) -> list[Finding]:
    counted = Counter(identity(each) for each in objects)
    named = {identity(each): title(each) for each in objects}
    return [
        Finding(named[key], "", f"must be there once, is {count} times")
        for key, count in counted.items()
        if count > 1
    ]


def _own_templates(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find workloads, spreads and affinities that select other pods than their own."""
    for pod in pods(objects):
        owner = pod.owner
        if owner["kind"] in SELECTING and not matches(owner["spec"]["selector"], pod.labels):
            yield Finding(title(owner), "spec.selector", "must select the pods of its template")
        for path, term in _own_terms(pod):
            if not matches(term.get("labelSelector"), pod.labels):
                yield pod.finding(path, "must select the pods that it spreads")


def _own_terms(pod: Pod) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, spread in enumerate(pod.spec.get("topologySpreadConstraints") or ()):
        yield f"topologySpreadConstraints[{index}].labelSelector", spread
    apart = (pod.spec.get("affinity") or {}).get("podAntiAffinity") or {}
    path = "affinity.podAntiAffinity"
    for term in apart.get("requiredDuringSchedulingIgnoredDuringExecution") or ():
        yield f"{path}.required", term
    for weighted in apart.get("preferredDuringSchedulingIgnoredDuringExecution") or ():
        yield f"{path}.preferred", weighted["podAffinityTerm"]


def _company(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find pods that must stand beside others which are not there: nothing would place them."""
    known = tuple(pods(objects))
    for pod in known:
        beside = (pod.spec.get("affinity") or {}).get("podAffinity") or {}
        for term in beside.get("requiredDuringSchedulingIgnoredDuringExecution") or ():
            others = [
                each for each in known if each.namespace == pod.namespace and each is not pod
            ]
            if not any(matches(term.get("labelSelector"), each.labels) for each in others):
                yield pod.finding(
                    "affinity.podAffinity.required", "must select pods, selects none"
                )


def _selectors(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find Services, budgets and policies that select no pod at all."""
    known = tuple(pods(objects))
    for found in objects:
        spec = found.get("spec") or {}
        selector = selector_of(found)
        if selector and not selected(found, selector, known):
            field = "podSelector" if "podSelector" in spec else "selector"
            yield Finding(title(found), f"spec.{field}", "must select pods, selects none")


def selector_of(found: Object) -> Mapping[str, Any] | None:
    """Return the selector of an object that stands for pods of others; none where it has none."""
    spec = found.get("spec") or {}
    match found["kind"]:
        case "Service" if spec.get("selector"):
            return {"matchLabels": spec["selector"]}
        case "PodDisruptionBudget":
            return dict(spec.get("selector") or {})
        case "NetworkPolicy":
            return dict(spec.get("podSelector") or {})
    return None


def selected(found: Object, selector: Mapping[str, Any], known: Iterable[Pod]) -> list[Pod]:
    """Return the pods in an object's namespace that a selector selects."""
    where = namespace(found)
    return [each for each in known if each.namespace == where and matches(selector, each.labels)]


def _peers(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find callers and targets of network policies that are no pod of their namespace.

    Pods of other namespaces are somebody else's, and not known.
    """
    known = tuple(pods(objects))
    for found in objects:
        if found["kind"] != "NetworkPolicy":
            continue
        for path, peer in _peers_of(found["spec"]):
            selector = peer.get("podSelector")
            if (
                selector
                and "namespaceSelector" not in peer
                and not selected(found, selector, known)
            ):
                yield Finding(title(found), path, "must select pods, selects none")


def _peers_of(spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for direction, side in (("ingress", "from"), ("egress", "to")):
        for index, rule in enumerate(spec.get(direction) or ()):
            for number, peer in enumerate(rule.get(side) or ()):
                yield f"spec.{direction}[{index}].{side}[{number}]", peer


def _service_ports(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find target ports of Services that a selected pod does not have."""
    known = tuple(pods(objects))
    for found in objects:
        selector = selector_of(found)
        if found["kind"] != "Service" or not selector:
            continue
        for port in found["spec"].get("ports") or ():
            wanted = port.get("targetPort", port["port"])
            for pod in selected(found, selector, known):
                if wanted not in _ports(pod):
                    path = f"spec.ports[{port.get('name', port['port'])}].targetPort"
                    must = f"must be a port of {title(pod.owner)}, is {wanted}"
                    yield Finding(title(found), path, must)


def _ports(pod: Pod) -> set[str | int]:
    """Return names and numbers of all ports of a pod's containers."""
    stated = [port for each in containers(pod) for port in each.values.get("ports") or ()]
    return {port["containerPort"] for port in stated} | {port.get("name") for port in stated} - {
        None
    }


def _probe_ports(objects: Sequence[Object]) -> Iterator[Finding]:
    for pod in pods(objects):
        for each in containers(pod):
            own = {port.get("name") for port in each.values.get("ports") or ()}
            for name in PROBES:
                probe = each.values.get(name) or {}
                asked = (probe.get("httpGet") or probe.get("tcpSocket") or {}).get("port")
                if isinstance(asked, str) and asked not in own:
                    yield each.finding(f"{name}.port", f"must be a port of its own, is {asked}")


def _ingresses(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find backends of Ingresses that are no port of a Service beside them."""
    services = {
        (namespace(each), each["metadata"]["name"]): each
        for each in objects
        if each["kind"] == "Service"
    }
    for found in objects:
        if found["kind"] != "Ingress":
            continue
        for path, backend in _backends(found["spec"]):
            service = services.get((namespace(found), backend["name"]))
            asked = set((backend.get("port") or {}).values())
            if service is None:
                yield Finding(title(found), path, f"must be a Service, is {backend['name']}")
            elif not asked <= _service_names(service):
                yield Finding(title(found), f"{path}.port", f"must be a port of {backend['name']}")


def _backends(spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if service := (spec.get("defaultBackend") or {}).get("service"):
        yield "spec.defaultBackend.service", service
    for number, rule in enumerate(spec.get("rules") or ()):
        for way in (rule.get("http") or {}).get("paths") or ():
            # The load balancer controller's own actions stand in annotations, not in a Service.
            service = way["backend"].get("service")
            if service and (service.get("port") or {}).get("name") != "use-annotation":
                yield f"spec.rules[{number}].http.paths[{way.get('path')}].backend", service


def _service_names(service: Object) -> set[str | int]:
    ports = service["spec"].get("ports") or ()
    return {port["port"] for port in ports} | {port.get("name") for port in ports} - {None}
