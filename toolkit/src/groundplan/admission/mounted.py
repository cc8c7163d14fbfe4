"""Whether everything that is mounted, read or named by objects is rendered beside them.

ExternalSecrets and Certificates make Secrets, and a StatefulSet's templates make volume claims;
what they make counts. Keys are compared where it is known which ones an object has.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, namespace, title
from groundplan.admission.pod import Pod, containers, pods

CERTIFICATE_KEYS: Final = frozenset(("tls.crt", "tls.key", "ca.crt"))
AUTHORITY: Final = "kube-root-ca.crt"
"""The ConfigMap that a cluster puts into every namespace."""
ISSUERS: Final = ("Issuer", "ClusterIssuer")
ISSUING: Final = "cert-manager"
"""The namespace in which cert-manager looks for the keys of issuers of all namespaces."""
STORES: Final = ("SecretStore", "ClusterSecretStore")
ANY: Final = None
"""Keys that are not known."""
Keys = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Need:
    """Something named that must be there."""

    kind: str
    name: str
    keys: frozenset[str] = frozenset()


def findings(objects: Sequence[Object], present: Collection[str] = ()) -> list[Finding]:
    """Return what is named and not there.

    Args:
        objects: all that is delivered together.
        present: `Kind name` of objects that the cluster has already.
    """
    there = dict(made(objects))
    found = []
    for pod in pods(objects):
        for path, need in _needs_of_pod(pod):
            if must := _must(need, pod.namespace, there, present):
                found.append(pod.finding(path, must))
    for each in objects:
        for path, need in _needs_of_object(each):
            if must := _must(need, _place(each), there, present):
                found.append(Finding(title(each), path, must))
    return found


def _place(found: Object) -> str:
    """Return the namespace in which what an object names is looked for."""
    return ISSUING if found["kind"] == "ClusterIssuer" else namespace(found)


def _must(
    need: Need,
    where: str,
    there: Mapping[tuple[str, str, str], Keys],
    present: Collection[str],
) -> str | None:
    """Return what must hold, where it does not."""
    if f"{need.kind} {need.name}" in present:
        return None
    place = next((each for each in (where, "") if (need.kind, each, need.name) in there), None)
    if place is None:
        return f"must be rendered with it: {need.kind} {need.name}"
    keys = there[need.kind, place, need.name]
    missing = () if keys is None else sorted(need.keys - keys)
    return f"must be keys of {need.kind} {need.name}: {', '.join(missing)}" if missing else None


def made(objects: Iterable[Object]) -> Iterator[tuple[tuple[str, str, str], Keys]]:
    """Yield kind, namespace and name of all that will be there, and the keys it will have."""
    for found in objects:
        where, name = namespace(found), found["metadata"]["name"]
        spec = found.get("spec") or {}
        keys = [*(found.get("data") or ()), *(found.get("stringData") or ())]
        keys += found.get("binaryData") or ()
        yield (found["kind"], where, name), frozenset(keys) if keys else ANY
        match found["kind"]:
            case "ExternalSecret":
                target = (spec.get("target") or {}).get("name", name)
                yield ("Secret", where, target), _external_keys(spec)
            case "Certificate":
                yield ("Secret", where, spec["secretName"]), CERTIFICATE_KEYS
            case "StatefulSet":
                for claim in _claims(name, spec):
                    yield ("PersistentVolumeClaim", where, claim), ANY
            case "Namespace":
                yield ("ConfigMap", name, AUTHORITY), frozenset(("ca.crt",))
                yield ("ServiceAccount", name, "default"), ANY


def _claims(name: str, spec: Mapping[str, Any]) -> Iterator[str]:
    """Yield the claims of a StatefulSet: one of each template for each of its pods."""
    for claim in spec.get("volumeClaimTemplates") or ():
        for number in range(spec.get("replicas", 1)):
            yield f"{claim['metadata']['name']}-{name}-{number}"


def _external_keys(spec: Mapping[str, Any]) -> Keys:
    template = (spec.get("target") or {}).get("template") or {}
    own = frozenset(each["secretKey"] for each in spec.get("data") or ())
    if spec.get("dataFrom") or template.get("templateFrom"):
        return ANY
    if template.get("data") and template.get("mergePolicy") != "Merge":
        return frozenset(template["data"])
    return own | frozenset(template.get("data") or ())


def _needs_of_pod(pod: Pod) -> Iterator[tuple[str, Need]]:
    spec = pod.spec
    if account := spec.get("serviceAccountName"):
        yield "serviceAccountName", Need("ServiceAccount", account)
    priority = spec.get("priorityClassName", "")
    if priority and not priority.startswith("system-"):
        yield "priorityClassName", Need("PriorityClass", priority)
    for each in spec.get("imagePullSecrets") or ():
        yield "imagePullSecrets", Need("Secret", each["name"])
    for volume in spec.get("volumes") or ():
        for need in _needs_of_volume(volume):
            yield f"volumes[{volume['name']}]", need
    yield from _needs_of_environment(pod)


def _needs_of_volume(volume: Mapping[str, Any]) -> Iterator[Need]:
    sources = [volume, *((volume.get("projected") or {}).get("sources") or ())]
    for source in sources:
        for field, kind, key in (
            ("secret", "Secret", "secretName"),
            ("configMap", "ConfigMap", "name"),
        ):
            found = source.get(field)
            if found and not found.get("optional"):
                wanted = frozenset(each["key"] for each in found.get("items") or ())
                yield Need(kind, found.get(key) or found["name"], wanted)
    if claim := volume.get("persistentVolumeClaim"):
        yield Need("PersistentVolumeClaim", claim["claimName"])


def _needs_of_environment(pod: Pod) -> Iterator[tuple[str, Need]]:
    for each in containers(pod):
        for variable in each.values.get("env") or ():
            origin = variable.get("valueFrom") or {}
            for field, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
                found = origin.get(field)
                if found and not found.get("optional"):
                    need = Need(kind, found["name"], frozenset((found["key"],)))
                    yield f"{each.path}.env[{variable['name']}]", need
        for origin in each.values.get("envFrom") or ():
            for field, kind in (("secretRef", "Secret"), ("configMapRef", "ConfigMap")):
                if found := origin.get(field):
                    yield f"{each.path}.envFrom", Need(kind, found["name"])


def _needs_of_object(found: Object) -> Iterator[tuple[str, Need]]:
    spec = found.get("spec") or {}
    match found["kind"]:
        case "StatefulSet":
            yield from _stateful(spec)
        case "Ingress" | "IngressClass":
            yield from _edge(spec)
        case "PersistentVolumeClaim":
            yield "spec.storageClassName", _storage(spec)
        case "Certificate":
            yield "spec.issuerRef", _maker(spec["issuerRef"], ISSUERS)
        case "Issuer" | "ClusterIssuer" if "ca" in spec:
            yield "spec.ca.secretName", Need("Secret", spec["ca"]["secretName"])
        case "ExternalSecret" if "secretStoreRef" in spec:
            yield "spec.secretStoreRef", _maker(spec["secretStoreRef"], STORES)
        case "RoleBinding" | "ClusterRoleBinding":
            yield from _bound(found)


def _stateful(spec: Mapping[str, Any]) -> Iterator[tuple[str, Need]]:
    if name := spec.get("serviceName"):
        yield "spec.serviceName", Need("Service", name)
    for claim in spec.get("volumeClaimTemplates") or ():
        path = f"spec.volumeClaimTemplates[{claim['metadata']['name']}].spec.storageClassName"
        yield path, _storage(claim["spec"])


def _storage(claim: Mapping[str, Any]) -> Need:
    """Return the class of a claim: without one, a cluster that has no default never binds it."""
    return Need("StorageClass", claim.get("storageClassName", "the default"))


def _edge(spec: Mapping[str, Any]) -> Iterator[tuple[str, Need]]:
    """Yield the class of an Ingress and its certificates, and the parameters of a class."""
    if name := spec.get("ingressClassName"):
        yield "spec.ingressClassName", Need("IngressClass", name)
    for name in [each["secretName"] for each in spec.get("tls") or () if "secretName" in each]:
        yield "spec.tls", Need("Secret", name, frozenset(("tls.crt", "tls.key")))
    if parameters := spec.get("parameters"):
        yield "spec.parameters", Need(parameters["kind"], parameters["name"])


def _maker(reference: Mapping[str, Any], kinds: Sequence[str]) -> Need:
    return Need(str(reference.get("kind") or kinds[0]), reference["name"])


def _bound(binding: Object) -> Iterator[tuple[str, Need]]:
    """Yield the service accounts that a binding names in its own namespace."""
    for each in binding.get("subjects") or ():
        same = each.get("namespace", "") == namespace(binding)
        if each["kind"] == "ServiceAccount" and same:
            yield f"subjects[{each['name']}]", Need("ServiceAccount", each["name"])
