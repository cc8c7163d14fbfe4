"""Pods of what watches: restricted, bounded, with a configuration that is mounted as files.

Takes a `Program`; hands on a Deployment, a DaemonSet or the template of a job. Pods may do no more
than the platform's own; whoever must read a node itself says so where it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.manifest import Maker, Object

USER: Final = 10001
CONFIGURATION: Final = "/etc/groundplan/config"
READABLE_BY_GROUP: Final = 0o440
_ZONE, _NODE = "topology.kubernetes.io/zone", "kubernetes.io/hostname"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One container, and what its pod needs around it."""

    image: str
    arguments: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    ports: Mapping[str, int] = field(default_factory=dict)
    """Ports by name."""
    environment: tuple[Mapping[str, Any], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """Configuration by file name; mounted where `CONFIGURATION` says."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Secrets by the folder in which they are mounted."""
    volumes: tuple[tuple[Mapping[str, Any], str], ...] = ()
    """More volumes, each with its folder."""
    health: tuple[str, int] | None = None
    """Path and port that answer whether it is well."""
    cpu: str = "100m"
    memory: str = "128Mi"
    most: str = "256Mi"
    """Of memory; of free CPU a core may be used."""
    account: bool = False
    """Whether it asks the Kubernetes API."""
    grace: int = 30


def confinement() -> dict[str, Any]:
    """Return what a container may not do."""
    return {
        "runAsNonRoot": True,
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def identity(user: int = USER) -> dict[str, Any]:
    """Return who a pod runs as."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": user,
        "fsGroup": user,
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def resources(cpu: str, memory: str, most: str, cores: str = "1") -> dict[str, Any]:
    """Return what is guaranteed, and the most that may be taken."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": cores, "memory": most}}


def deployment(maker: Maker, program: Program, copies: int) -> list[Object]:
    """Return a Deployment with its account, its files and, of several copies, its budget."""
    template = _template(maker, program)
    if copies > 1:
        template["spec"]["topologySpreadConstraints"] = _spread(maker)
    spec = {
        "replicas": copies,
        "selector": maker.selector,
        "revisionHistoryLimit": 5,
        "strategy": {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
        "template": template,
    }
    budget = {"maxUnavailable": 1, "selector": maker.selector}
    return [
        maker.make("apps/v1 Deployment", {"spec": spec}),
        *around(maker, program),
        *([maker.make("policy/v1 PodDisruptionBudget", {"spec": budget})] if copies > 1 else []),
    ]


def daemon(maker: Maker, program: Program, **changed: Any) -> list[Object]:
    """Return a DaemonSet with its account and its files.

    Args:
        maker: of the component.
        program: what runs on every node.
        changed: fields of the pod that differ from those of other pods.
    """
    template = _template(maker, program)
    template["spec"] |= {"tolerations": [{"operator": "Exists"}], **changed}
    spec = {
        "selector": maker.selector,
        "revisionHistoryLimit": 5,
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1}},
        "template": template,
    }
    return [maker.make("apps/v1 DaemonSet", {"spec": spec}), *around(maker, program)]


def around(maker: Maker, program: Program) -> list[Object]:
    """Return the account and the files of a program."""
    account = maker.make("v1 ServiceAccount", {"automountServiceAccountToken": False})
    if not program.files:
        return [account]
    return [account, maker.make("v1 ConfigMap", {"data": dict(program.files)})]


def service(maker: Maker, ports: Mapping[str, int], **changed: Any) -> Object:
    """Return the name under which a component's pods are reached, on ports of the pods' names."""
    listed = [
        {"name": name, "port": port, "targetPort": name, "protocol": "TCP"}
        for name, port in ports.items()
    ]
    spec = {"type": "ClusterIP", "selector": maker.selector["matchLabels"], "ports": listed}
    return maker.make("v1 Service", {"spec": {**spec, **changed}})


def pod(maker: Maker, program: Program) -> dict[str, Any]:
    """Return the specification of a pod."""
    volumes, mounts = _mounted(maker, program)
    return {
        "serviceAccountName": maker.component,
        "automountServiceAccountToken": program.account,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": program.grace,
        "securityContext": identity(),
        "containers": [_container(maker, program, mounts)],
        "volumes": volumes,
    }


def _template(maker: Maker, program: Program) -> dict[str, Any]:
    annotations = {manifest.CONFIGURATION: manifest.digest(program.files)}
    meta = {"labels": maker.labels, **({"annotations": annotations} if program.files else {})}
    return {"metadata": meta, "spec": pod(maker, program)}


def _container(maker: Maker, program: Program, mounts: list[dict[str, Any]]) -> dict[str, Any]:
    ports = [
        {"name": name, "containerPort": port, "protocol": "TCP"}
        for name, port in program.ports.items()
    ]
    told = {
        "command": list(program.command),
        "args": list(program.arguments),
        "env": [dict(each) for each in program.environment],
        "ports": ports,
    }
    return {
        "name": maker.component,
        "image": program.image,
        "imagePullPolicy": "Always",
        **{key: value for key, value in told.items() if value},
        "resources": resources(program.cpu, program.memory, program.most),
        **_probes(program),
        "securityContext": confinement(),
        "volumeMounts": mounts,
    }


def _probes(program: Program) -> dict[str, Any]:
    if program.health is None:
        return {}
    path, port = program.health
    ask = {"httpGet": {"path": path, "port": port}, "timeoutSeconds": 2}
    return {
        "startupProbe": {**ask, "periodSeconds": 2, "failureThreshold": 60},
        "readinessProbe": {**ask, "periodSeconds": 5, "failureThreshold": 3},
        "livenessProbe": {**ask, "periodSeconds": 10, "failureThreshold": 6},
    }


def _mounted(maker: Maker, program: Program) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    found: list[tuple[Mapping[str, Any], str]] = []
    if program.files:
        held = {"name": maker.component, "defaultMode": READABLE_BY_GROUP}
        found.append(({"name": "config", "configMap": held}, CONFIGURATION))
    for path, secret in program.secrets.items():
        held = {"secretName": secret, "defaultMode": READABLE_BY_GROUP}
        found.append(({"name": secret, "secret": held}, path))
    found += [*program.volumes, ({"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}}, "/tmp")]  # noqa: S108
    volumes = [dict(volume) for volume, _ in found]
    mounts = [_mount(volume, path) for volume, path in found]
    return volumes, mounts


def _mount(volume: Mapping[str, Any], path: str) -> dict[str, Any]:
    written = {"configMap", "secret"}.isdisjoint(volume)
    return {"name": volume["name"], "mountPath": path, **({} if written else {"readOnly": True})}


def _spread(maker: Maker) -> list[dict[str, Any]]:
    return [
        {
            "maxSkew": 1,
            "topologyKey": key,
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": maker.selector,
        }
        for key in (_ZONE, _NODE)
    ]
