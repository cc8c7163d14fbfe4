"""The standard is kept by a pod that says all of it, and by none that leaves one thing out."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import pod_security

Object = dict[str, Any]
Spoil = Callable[[Object], object]


def container(spec: Object) -> Object:
    """Return the first container."""
    found: Object = spec["containers"][0]
    return found


def context(spec: Object) -> Object:
    """Return the first container's security context."""
    found: Object = container(spec)["securityContext"]
    return found


def pod_context(spec: Object) -> Object:
    """Return the pod's security context."""
    found: Object = spec["securityContext"]
    return found


def test_a_pod_that_keeps_the_standard_has_no_finding(objects: list[Object]) -> None:
    """Nothing is said of the whole service."""
    assert [] == pod_security.findings(objects)


SPOILED: dict[str, tuple[str, Spoil]] = {
    "host network": ("hostNetwork", lambda s: s.update(hostNetwork=True)),
    "host processes": ("hostPID", lambda s: s.update(hostPID=True)),
    "host memory": ("hostIPC", lambda s: s.update(hostIPC=True)),
    "host process on windows": (
        "hostProcess",
        lambda s: context(s).update(windowsOptions={"hostProcess": True}),
    ),
    "privileged": ("privileged", lambda s: context(s).update(privileged=True)),
    "escalation unsaid": (
        "allowPrivilegeEscalation",
        lambda s: context(s).pop("allowPrivilegeEscalation"),
    ),
    "escalation": (
        "allowPrivilegeEscalation",
        lambda s: context(s).update(allowPrivilegeEscalation=True),
    ),
    "capabilities unsaid": ("capabilities.drop", lambda s: context(s).pop("capabilities")),
    "capabilities kept": (
        "capabilities.drop",
        lambda s: context(s).update(capabilities={"drop": ["NET_RAW"]}),
    ),
    "capability added": (
        "capabilities.add",
        lambda s: context(s)["capabilities"].update(add=["NET_BIND_SERVICE", "SYS_TIME"]),
    ),
    "no context": ("allowPrivilegeEscalation", lambda s: container(s).pop("securityContext")),
    "host path": (
        "volumes[host].hostPath",
        lambda s: s["volumes"].append({"name": "host", "hostPath": {"path": "/"}}),
    ),
    "another volume": (
        "volumes[disk].nfs",
        lambda s: s["volumes"].append({"name": "disk", "nfs": {"server": "a", "path": "/"}}),
    ),
    "host port": ("hostPort", lambda s: container(s)["ports"][0].update(hostPort=80)),
    "probe of another host": (
        "httpGet.host",
        lambda s: container(s)["readinessProbe"]["httpGet"].update(host="10.0.0.1"),
    ),
    "hook to another host": (
        "lifecycle.postStart.tcpSocket.host",
        lambda s: container(s)["lifecycle"].update(
            postStart={"tcpSocket": {"host": "10.0.0.1", "port": 1}}
        ),
    ),
    "apparmor": (
        "appArmorProfile",
        lambda s: context(s).update(appArmorProfile={"type": "Unconfined"}),
    ),
    "selinux type": (
        "seLinuxOptions.type",
        lambda s: pod_context(s).update(seLinuxOptions={"type": "spc_t"}),
    ),
    "selinux user": (
        "seLinuxOptions.user",
        lambda s: context(s).update(seLinuxOptions={"user": "root"}),
    ),
    "selinux role": (
        "seLinuxOptions.role",
        lambda s: context(s).update(seLinuxOptions={"role": "sysadm_r"}),
    ),
    "proc mount": ("procMount", lambda s: context(s).update(procMount="Unmasked")),
    "seccomp unsaid": ("seccompProfile.type", lambda s: pod_context(s).pop("seccompProfile")),
    "seccomp of the pod": (
        "spec.securityContext.seccompProfile.type",
        lambda s: pod_context(s).update(seccompProfile={"type": "Unconfined"}),
    ),
    "seccomp of a container": (
        "containers[backend].securityContext.seccompProfile.type",
        lambda s: context(s).update(seccompProfile={"type": "Unconfined"}),
    ),
    "sysctl": (
        "sysctls[kernel.msgmax]",
        lambda s: pod_context(s).update(sysctls=[{"name": "kernel.msgmax", "value": "1"}]),
    ),
    "root unsaid": ("runAsNonRoot", lambda s: pod_context(s).pop("runAsNonRoot")),
    "root of the pod": (
        "spec.securityContext.runAsNonRoot",
        lambda s: pod_context(s).update(runAsNonRoot=False),
    ),
    "root of a container": (
        "containers[backend].securityContext.runAsNonRoot",
        lambda s: context(s).update(runAsNonRoot=False),
    ),
    "user of the pod": (
        "spec.securityContext.runAsUser",
        lambda s: pod_context(s).update(runAsUser=0),
    ),
    "user of a container": (
        "containers[backend].securityContext.runAsUser",
        lambda s: context(s).update(runAsUser=0),
    ),
}
"""What is spoiled, a part of the path that must be named, and how."""


@pytest.mark.parametrize("name", SPOILED)
def test_each_field_is_asked_for(name: str, objects: list[Object], pod: Object) -> None:
    """One thing spoiled is one path found."""
    path, spoil = SPOILED[name]
    spoil(pod)
    found = pod_security.findings(objects)
    assert found
    assert any(path in each.path for each in found), [str(each) for each in found]


def test_every_rule_is_spoiled_once(objects: list[Object], pod: Object) -> None:
    """No rule stands without a pod that breaks it."""
    whole = copy.deepcopy(pod)
    broken = set()
    for _, spoil in SPOILED.values():
        pod.clear()
        pod.update(copy.deepcopy(whole))
        spoil(pod)
        (found,) = pod_security.pods(objects)
        broken |= {rule for rule in pod_security.RULES if list(rule(found))}
    assert set(pod_security.RULES) == broken


@pytest.mark.parametrize("sort", ["initContainers", "ephemeralContainers"])
def test_every_sort_of_container_is_judged(sort: str, objects: list[Object], pod: Object) -> None:
    """A first container or a debugger's is no way around."""
    pod[sort] = [{"name": "more", "image": "x"}]
    paths = {each.path for each in pod_security.findings(objects)}
    assert f"spec.template.spec.{sort}[more].securityContext.capabilities.drop" in paths


def test_a_container_may_say_what_its_pod_does_not(objects: list[Object], pod: Object) -> None:
    """Seccomp and non-root may stand in each container."""
    pod.pop("securityContext")
    context(pod).update(runAsNonRoot=True, seccompProfile={"type": "Localhost"})
    assert [] == pod_security.findings(objects)


def test_old_annotations_are_read(objects: list[Object], find: Callable[[str], Object]) -> None:
    """Older clusters read AppArmor's profile from an annotation."""
    meta = find("Deployment")["spec"]["template"]["metadata"]
    name = "container.apparmor.security.beta.kubernetes.io/backend"
    meta["annotations"] = {name: "localhost/ours"}
    assert [] == pod_security.findings(objects)
    meta["annotations"] = {name: "unconfined"}
    assert [f"spec.template.spec.annotations[{name}]"] == [
        each.path for each in pod_security.findings(objects)
    ]


@pytest.mark.parametrize("mode", pod_security.MODES)
def test_a_namespace_enforces_audits_and_warns(
    mode: str, objects: list[Object], find: Callable[[str], Object]
) -> None:
    """One mode less is a finding."""
    del find("Namespace")["metadata"]["labels"][f"pod-security.kubernetes.io/{mode}"]
    (found,) = pod_security.findings(objects)
    assert "Namespace shop" == found.object
    assert "must be restricted, is None" == found.must
