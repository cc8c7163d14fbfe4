"""What every pod has alike: who it runs as, what it may not do, and where it may write.

The Pod Security Standard `restricted`, to the letter, and more: a root that cannot be written,
no token for the Kubernetes API, no list of services in the environment.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from lightkube.models.core_v1 import (
    Capabilities,
    ConfigMapProjection,
    ConfigMapVolumeSource,
    Container,
    EmptyDirVolumeSource,
    PodDNSConfig,
    PodDNSConfigOption,
    PodSecurityContext,
    PodSpec,
    ProjectedVolumeSource,
    SeccompProfile,
    SecretVolumeSource,
    SecurityContext,
    Volume,
    VolumeMount,
    VolumeProjection,
)

from groundplan.model.placement import MOUNTED_CERTIFICATE
from groundplan.model.setting import MOUNTED_SECRETS

USER: Final = 10001
"""User, group and owner of mounted files, beyond those that a node may know."""
RUN_FOLDER: Final = "/var/run/groundplan"
READABLE_BY_GROUP: Final = 0o440
CONFIGURATION: Final = "config"
CONFIGURATION_FOLDER: Final = "/etc/groundplan/config"
SECRETS: Final = "secrets"
CERTIFICATE: Final = "tls"
WATCHERS: Final = "observability"
WATCHERS_FOLDER: Final = "/etc/groundplan/observability"
_DOTS: Final = "2"
"""Whole names, which have more, are asked for as they are; the default tries six others first."""
_TEMPORARY: Final = {"tmp": ("/tmp", "64Mi"), "run": (RUN_FOLDER, "256Mi")}  # noqa: S108
"""Folders that can be written, by volume, each with the most that it holds."""


def spec(
    containers: Sequence[Container],
    *,
    account: str,
    priority: str,
    grace: int,
    volumes: Iterable[Volume] = (),
    first: Sequence[Container] = (),
) -> PodSpec:
    """Return a pod.

    Args:
        containers: what runs in it; they mount what `mounts` returns.
        account: the name of its service account.
        priority: the name of its priority class.
        grace: seconds that it may take to end.
        volumes: what it mounts beside the folders that it may write.
        first: what runs to its end before them, one after the other.
    """
    return PodSpec(
        serviceAccountName=account,
        automountServiceAccountToken=False,
        enableServiceLinks=False,
        priorityClassName=priority,
        terminationGracePeriodSeconds=grace,
        securityContext=_identity(),
        dnsConfig=PodDNSConfig(options=[PodDNSConfigOption(name="ndots", value=_DOTS)]),
        initContainers=list(first) or None,
        containers=list(containers),
        volumes=[*volumes, *_temporary()],
    )


def confinement() -> SecurityContext:
    """Return what a container may not do."""
    return SecurityContext(
        runAsNonRoot=True,
        runAsUser=USER,
        runAsGroup=USER,
        privileged=False,
        allowPrivilegeEscalation=False,
        readOnlyRootFilesystem=True,
        capabilities=Capabilities(drop=["ALL"]),
        seccompProfile=SeccompProfile(type="RuntimeDefault"),
    )


def mounts() -> list[VolumeMount]:
    """Return the mounts of the folders that a container may write."""
    return [VolumeMount(name=name, mountPath=path) for name, (path, _) in _TEMPORARY.items()]


def configuration(names: Sequence[str]) -> tuple[Volume, VolumeMount]:
    """Return ConfigMaps as files of one folder, and where they stand."""
    mount = VolumeMount(name=CONFIGURATION, mountPath=CONFIGURATION_FOLDER, readOnly=True)
    if len(names) == 1:
        one = ConfigMapVolumeSource(name=names[0], defaultMode=READABLE_BY_GROUP)
        return Volume(name=CONFIGURATION, configMap=one), mount
    sources = [VolumeProjection(configMap=ConfigMapProjection(name=name)) for name in names]
    several = ProjectedVolumeSource(sources=sources, defaultMode=READABLE_BY_GROUP)
    return Volume(name=CONFIGURATION, projected=several), mount


def secrets(name: str) -> tuple[Volume, VolumeMount]:
    """Return a Secret as files, and where they stand."""
    return _secret(SECRETS, name, MOUNTED_SECRETS)


def certificate(name: str) -> tuple[Volume, VolumeMount]:
    """Return a component's certificate as files, and where they stand."""
    return _secret(CERTIFICATE, name, MOUNTED_CERTIFICATE)


def watchers(name: str) -> tuple[Volume, VolumeMount]:
    """Return what a component shows to those who only watch, and where it stands."""
    return _secret(WATCHERS, name, WATCHERS_FOLDER)


def _secret(volume: str, name: str, path: str) -> tuple[Volume, VolumeMount]:
    source = SecretVolumeSource(secretName=name, defaultMode=READABLE_BY_GROUP)
    return (
        Volume(name=volume, secret=source),
        VolumeMount(name=volume, mountPath=path, readOnly=True),
    )


def _identity() -> PodSecurityContext:
    return PodSecurityContext(
        runAsNonRoot=True,
        runAsUser=USER,
        runAsGroup=USER,
        fsGroup=USER,
        fsGroupChangePolicy="OnRootMismatch",
        seccompProfile=SeccompProfile(type="RuntimeDefault"),
    )


def _temporary() -> list[Volume]:
    return [
        Volume(name=name, emptyDir=EmptyDirVolumeSource(sizeLimit=most))
        for name, (_, most) in _TEMPORARY.items()
    ]
