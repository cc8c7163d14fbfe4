"""The Pod Security Standard `restricted`, field by field, for the pods of all kinds of workload.

Takes objects, hands on what a namespace that enforces the standard would refuse. A field of a
container outweighs the pod's; where neither says it, the standard's default holds. Judged for
Linux, and as the oldest Kubernetes does for which objects are rendered: what newer versions allow
beyond that is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, title
from groundplan.admission.pod import Container, Pod, containers, pods

LEVEL: Final = "restricted"
MODES: Final = ("enforce", "audit", "warn")
LABEL: Final = "pod-security.kubernetes.io"
HOST_NAMESPACES: Final = ("hostNetwork", "hostPID", "hostIPC")
VOLUMES: Final = frozenset(
    (
        *("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral"),
        *("persistentVolumeClaim", "projected", "secret"),
    )
)
SELINUX_TYPES: Final = frozenset(("", "container_t", "container_init_t", "container_kvm_t"))
SYSCTLS: Final = frozenset(
    (
        *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range"),
        *("net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies"),
        *("net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"),
    )
)
PROFILES: Final = ("RuntimeDefault", "Localhost")
CAPABILITY: Final = "NET_BIND_SERVICE"
"""The only one that may be added."""
APPARMOR: Final = "container.apparmor.security.beta.kubernetes.io/"
PROBES: Final = ("startupProbe", "readinessProbe", "livenessProbe")
HOOKS: Final = ("postStart", "preStop")

Holder = Pod | Container
Place = tuple[Holder, str, Mapping[str, Any]]
"""What has a security context, the path of the context, and the context."""


def findings(objects: Iterable[Object]) -> list[Finding]:
    """Return everything for which the standard would refuse an object's pods."""
    kept = tuple(objects)
    found = [each for pod in pods(kept) for rule in RULES for each in rule(pod)]
    return [*found, *(each for one in kept for each in _namespace(one))]


def _namespace(found: Object) -> Iterator[Finding]:
    """Ask of a namespace that it holds its pods to the standard."""
    if found["kind"] != "Namespace":
        return
    labels = found["metadata"].get("labels") or {}
    for mode in MODES:
        level = labels.get(f"{LABEL}/{mode}")
        if level != LEVEL:
            path = f"metadata.labels[{LABEL}/{mode}]"
            yield Finding(title(found), path, f"must be {LEVEL}, is {level}")


def _contexts(pod: Pod) -> Iterator[Place]:
    """Yield the pod's context and those of its containers."""
    yield pod, "securityContext", pod.spec.get("securityContext") or {}
    for each in containers(pod):
        yield each, "securityContext", each.security


def _host_namespaces(pod: Pod) -> Iterator[Finding]:
    for name in HOST_NAMESPACES:
        if pod.spec.get(name):
            yield pod.finding(name, "must not be the host's, is true")


def _host_process(pod: Pod) -> Iterator[Finding]:
    for holder, path, context in _contexts(pod):
        if (context.get("windowsOptions") or {}).get("hostProcess"):
            yield holder.finding(f"{path}.windowsOptions.hostProcess", "must be false, is true")


def _privileged(pod: Pod) -> Iterator[Finding]:
    for each in containers(pod):
        if each.security.get("privileged"):
            yield each.finding("securityContext.privileged", "must be false, is true")


def _escalation(pod: Pod) -> Iterator[Finding]:
    for each in containers(pod):
        allowed = each.security.get("allowPrivilegeEscalation")
        if allowed is not False:
            path = "securityContext.allowPrivilegeEscalation"
            yield each.finding(path, f"must be false, is {_shown(allowed)}")


def _capabilities(pod: Pod) -> Iterator[Finding]:
    for each in containers(pod):
        stated = each.security.get("capabilities") or {}
        drop, add = stated.get("drop") or [], stated.get("add") or []
        path = "securityContext.capabilities"
        if "ALL" not in drop:
            yield each.finding(f"{path}.drop", f"must have ALL, is {drop}")
        if set(add) - {CAPABILITY}:
            yield each.finding(f"{path}.add", f"must have nothing but {CAPABILITY}, is {add}")


def _volumes(pod: Pod) -> Iterator[Finding]:
    for volume in pod.spec.get("volumes") or ():
        for sort in set(volume) - {"name"} - VOLUMES:
            path = f"volumes[{volume['name']}].{sort}"
            yield pod.finding(path, f"must be one of {', '.join(sorted(VOLUMES))}")


def _host_ports(pod: Pod) -> Iterator[Finding]:
    for each in containers(pod):
        for port in each.values.get("ports") or ():
            if port.get("hostPort"):
                path = f"ports[{port['containerPort']}].hostPort"
                yield each.finding(path, f"must not be the host's, is {port['hostPort']}")


def _hosts_asked(pod: Pod) -> Iterator[Finding]:
    """Find probes and hooks that make the kubelet call another address than the pod's."""
    for each in containers(pod):
        hooks = each.values.get("lifecycle") or {}
        handlers = {name: each.values.get(name) for name in PROBES}
        handlers |= {f"lifecycle.{name}": hooks.get(name) for name in HOOKS}
        for path, handler in handlers.items():
            for sort in ("httpGet", "tcpSocket"):
                host = ((handler or {}).get(sort) or {}).get("host")
                if host:
                    yield each.finding(f"{path}.{sort}.host", f"must be the pod's, is {host}")


def _app_armor(pod: Pod) -> Iterator[Finding]:
    for name, profile in pod.annotations.items():
        fine = profile in ("", "runtime/default") or profile.startswith("localhost/")
        if name.startswith(APPARMOR) and not fine:
            yield pod.finding(f"annotations[{name}]", f"must be runtime/default, is {profile}")
    for holder, path, context in _contexts(pod):
        stated = (context.get("appArmorProfile") or {}).get("type")
        if stated not in (None, *PROFILES):
            path = f"{path}.appArmorProfile.type"
            yield holder.finding(path, f"must be one of {', '.join(PROFILES)}, is {stated}")


def _se_linux(pod: Pod) -> Iterator[Finding]:
    for holder, path, context in _contexts(pod):
        options = context.get("seLinuxOptions") or {}
        if options.get("type", "") not in SELINUX_TYPES:
            must = f"must be a container's, is {options['type']}"
            yield holder.finding(f"{path}.seLinuxOptions.type", must)
        for name in ("user", "role"):
            if options.get(name):
                must = f"must not be set, is {options[name]}"
                yield holder.finding(f"{path}.seLinuxOptions.{name}", must)


def _proc_mount(pod: Pod) -> Iterator[Finding]:
    for each in containers(pod):
        mount = each.security.get("procMount")
        if mount not in (None, "Default"):
            yield each.finding("securityContext.procMount", f"must be Default, is {mount}")


def _seccomp(pod: Pod) -> Iterator[Finding]:
    inherited = _profile(pod.spec.get("securityContext") or {})
    if inherited not in (None, *PROFILES):
        yield pod.finding("securityContext.seccompProfile.type", _seccomp_must(inherited))
    for each in containers(pod):
        own = _profile(each.security)
        if (own or inherited) not in PROFILES:
            path = "securityContext.seccompProfile.type"
            yield each.finding(path, _seccomp_must(own or inherited))


def _profile(context: Mapping[str, Any]) -> str | None:
    found: str | None = (context.get("seccompProfile") or {}).get("type")
    return found


def _seccomp_must(found: str | None) -> str:
    return f"must be one of {', '.join(PROFILES)}, is {_shown(found)}"


def _sysctls(pod: Pod) -> Iterator[Finding]:
    for each in (pod.spec.get("securityContext") or {}).get("sysctls") or ():
        if each["name"] not in SYSCTLS:
            must = "must be one that the standard calls safe"
            yield pod.finding(f"securityContext.sysctls[{each['name']}]", must)


def _non_root(pod: Pod) -> Iterator[Finding]:
    inherited = (pod.spec.get("securityContext") or {}).get("runAsNonRoot")
    if inherited is False:
        yield pod.finding("securityContext.runAsNonRoot", "must be true, is false")
    for each in containers(pod):
        own = each.security.get("runAsNonRoot", inherited)
        if own is not True:
            path = "securityContext.runAsNonRoot"
            yield each.finding(path, f"must be true here or in the pod, is {_shown(own)}")


def _root_user(pod: Pod) -> Iterator[Finding]:
    for holder, path, context in _contexts(pod):
        if context.get("runAsUser") == 0:
            yield holder.finding(f"{path}.runAsUser", "must not be 0, is 0")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)


RULES: Final[tuple[Callable[[Pod], Iterator[Finding]], ...]] = (
    *(_host_namespaces, _host_process, _privileged, _escalation, _capabilities, _volumes),
    *(_host_ports, _hosts_asked, _app_armor, _se_linux, _proc_mount, _seccomp, _sysctls),
    *(_non_root, _root_user),
)
"""The standard's controls, in its own order where it has one."""
