"""No judge of objects passes a mutant; all of them are enumerated, none is drawn by chance.

Every field that the Pod Security Standard asks for is taken from every container of every
workload, everything that it forbids is put there, and every name that leads from one object to
another is spoiled.
"""

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from groundplan.admission import pod_security, reference, rights
from groundplan.admission.finding import title
from groundplan.admission.pod import CONTAINERS, TEMPLATES

RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
Object = dict[str, Any]
Path = tuple[str | int, ...]
Render = Any
ADMINISTRATOR = "administrator"


def at(found: Object, path: Path) -> Any:
    """Return what stands at a path."""
    value: Any = found
    for key in path:
        value = value[key]
    return value


def without(found: Object, *paths: Path) -> Object:
    """Return a copy that lacks what stands at some paths."""
    mutant = copy.deepcopy(found)
    for path in paths:
        at(mutant, path[:-1]).pop(path[-1])
    return mutant


def having(found: Object, path: Path, value: Any) -> Object:
    """Return a copy that has a value at a path; what is missing on the way is made."""
    mutant = copy.deepcopy(found)
    place: Any = mutant
    for key in path[:-1]:
        place = place[key] if isinstance(key, int) else place.setdefault(key, {})
    place[path[-1]] = value
    return mutant


def pod_path(found: Object) -> Path | None:
    """Return where a workload has its pod's `spec`."""
    where = TEMPLATES.get(found["kind"])
    return None if where is None else (*filter(None, where.split(".")), "spec")


def containers_of(found: Object, pod: Path) -> Iterator[Path]:
    """Yield the paths of all containers."""
    for sort in CONTAINERS:
        for index, _ in enumerate(at(found, pod).get(sort) or ()):
            yield (*pod, sort, index)


def bare(found: Object) -> Iterator[tuple[str, Object]]:
    """Yield every workload with one required field less, and what it lacks."""
    pod = pod_path(found)
    if pod is None:
        return
    for container in containers_of(found, pod):
        context = (*container, "securityContext")
        stated = at(found, container).get("securityContext") or {}
        for name in ("allowPrivilegeEscalation", "capabilities"):
            assert name in stated, f"{title(found)} lacks {name} before it is taken"
            yield name, without(found, (*context, name))
        yield "capabilities.drop", without(found, (*context, "capabilities", "drop"))
        yield "securityContext", without(found, context)
        for name in ("runAsNonRoot", "seccompProfile"):
            places = [(*each, "securityContext", name) for each in (pod, container)]
            said = [
                each
                for each in places
                if each[-1] in (at(found, each[:-2]).get("securityContext") or {})
            ]
            assert said, f"{title(found)} lacks {name} before it is taken"
            yield name, without(found, *said)


FORBIDDEN_IN_POD: Mapping[Path, Any] = {
    ("hostNetwork",): True,
    ("hostPID",): True,
    ("hostIPC",): True,
    ("securityContext", "runAsNonRoot"): False,
    ("securityContext", "runAsUser"): 0,
    ("securityContext", "seccompProfile"): {"type": "Unconfined"},
    ("securityContext", "appArmorProfile"): {"type": "Unconfined"},
    ("securityContext", "seLinuxOptions"): {"type": "spc_t"},
    ("securityContext", "sysctls"): [{"name": "kernel.msgmax", "value": "1"}],
    ("securityContext", "windowsOptions"): {"hostProcess": True},
    ("volumes",): [{"name": "host", "hostPath": {"path": "/"}}],
}
FORBIDDEN_IN_CONTAINER: Mapping[Path, Any] = {
    ("securityContext", "privileged"): True,
    ("securityContext", "allowPrivilegeEscalation"): True,
    ("securityContext", "capabilities"): {"drop": ["NET_RAW"]},
    ("securityContext", "capabilities", "add"): ["SYS_ADMIN"],
    ("securityContext", "runAsNonRoot"): False,
    ("securityContext", "runAsUser"): 0,
    ("securityContext", "seccompProfile"): {"type": "Unconfined"},
    ("securityContext", "appArmorProfile"): {"type": "Unconfined"},
    ("securityContext", "seLinuxOptions"): {"user": "root"},
    ("securityContext", "procMount"): "Unmasked",
    ("securityContext", "windowsOptions"): {"hostProcess": True},
    ("ports",): [{"containerPort": 1, "hostPort": 1}],
    ("livenessProbe",): {"httpGet": {"host": "10.0.0.1", "port": 1}},
}


def opened(found: Object) -> Iterator[tuple[str, Object]]:
    """Yield every workload with one thing more that is forbidden, and which."""
    pod = pod_path(found)
    if pod is None:
        return
    for path, value in FORBIDDEN_IN_POD.items():
        yield str(path), having(found, (*pod, *path), value)
    for container in containers_of(found, pod):
        for path, value in FORBIDDEN_IN_CONTAINER.items():
            yield str(path), having(found, (*container, *path), value)


def unlabelled(found: Object) -> Iterator[tuple[str, Object]]:
    """Yield every namespace that lacks one label of the standard."""
    if found["kind"] == "Namespace":
        for mode in pod_security.MODES:
            label = f"{pod_security.LABEL}/{mode}"
            yield label, without(found, ("metadata", "labels", label))


@pytest.mark.parametrize(("mutants", "least"), [(bare, 50), (opened, 150), (unlabelled, 3)])
@pytest.mark.parametrize("name", RENDERS)
def test_every_mutant_of_pod_security_is_found(
    mutants: Callable[[Object], Iterator[tuple[str, Object]]],
    least: int,
    name: str,
    renders: Mapping[str, Render],
) -> None:
    """Of all mutants of all workloads none is passed."""
    made = [
        (f"{title(each)}: {what}", mutant)
        for each in renders[name].delivered
        for what, mutant in mutants(each)
    ]
    assert [] == [what for what, mutant in made if not pod_security.findings([mutant])]
    assert len(made) >= least


NAMES = re.compile(
    r"\.(serviceAccountName|priorityClassName|secretName|claimName|serviceName|storageClassName|targetPort)$"
    r"|\.ingressClassName$|\.(scaleTargetRef|issuerRef|secretStoreRef|roleRef)\.name$"
    r"|\.(configMap|secret|configMapKeyRef)\.name$|\.backend\.service\.(name|port\.name)$"
    r"|Probe\.\w+\.port$|\.volumes\.\d+\.secret\.items\.\d+\.key$|\.parameters\.name$"
    r"|\.(podSelector|labelSelector|selector)\.matchLabels\.[^/]+/name$"
    r"|^Service\.spec\.selector\.[^/]+/name$"
)
"""Paths of values by which an object leads to another."""
ELSEWHERE = re.compile(r"namespaceSelector")


def leading(value: Any, path: str, keys: Path = ()) -> Iterator[Path]:
    """Yield the paths of all names that lead to other objects of the same render."""
    if isinstance(value, dict):
        if ELSEWHERE.search(" ".join(map(str, value))):
            return
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        if isinstance(value, str) and NAMES.search(path):
            yield keys
        return
    for key, below in pairs:
        yield from leading(below, f"{path}.{key}", (*keys, key))


def judged(objects: list[Object]) -> bool:
    """Whether the judges of references or of rights have anything to say."""
    return bool(reference.findings(objects) or rights.findings(objects, _administrators(objects)))


def _administrators(objects: list[Object]) -> set[str]:
    return {
        subject["name"]
        for each in objects
        for subject in each.get("subjects") or ()
        if subject["name"].endswith(ADMINISTRATOR)
    }


@pytest.mark.parametrize("name", ["own release", "plain"])
def test_every_spoiled_reference_is_found(name: str, renders: Mapping[str, Render]) -> None:
    """Of all names that lead from one object to another, none can be wrong unseen."""
    objects = renders[name].delivered
    passed, count = [], 0
    for index, each in enumerate(objects):
        for path in leading(each, each["kind"]):
            count += 1
            mutant = having(each, path, "nobody")
            if not judged([*objects[:index], mutant, *objects[index + 1 :]]):
                passed.append(f"{title(each)}: {'.'.join(map(str, path))}")
    assert [] == passed
    assert count >= 100


def keys_of(found: Object) -> Path | None:
    """Return where an object has the files that pods mount."""
    if found["kind"] == "ConfigMap":
        return ("data",)
    if found["kind"] == "ExternalSecret":
        return ("spec", "target", "template", "data")
    return None


@pytest.mark.parametrize("name", RENDERS)
def test_every_file_under_another_name_is_found(name: str, renders: Mapping[str, Render]) -> None:
    """No file of a ConfigMap or a Secret can be renamed unseen: each is read by its path."""
    objects = renders[name].delivered
    passed, count = [], 0
    for index, each in enumerate(objects):
        path = keys_of(each)
        for key in at(each, path) if path else ():
            count += 1
            mutant = without(each, (*(path or ()), key))
            at(mutant, path or ())["nobody"] = at(each, path or ())[key]
            if not judged([*objects[:index], mutant, *objects[index + 1 :]]):
                passed.append(f"{title(each)}: {key}")
    assert [] == passed
    assert count >= 15
