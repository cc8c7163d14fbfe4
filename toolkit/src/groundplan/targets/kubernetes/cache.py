"""The cache: one Redis that remembers, on a disk of its own.

Its Secret (`secret.name`) must hold `users.acl`, the lines of redis.conf that begin with `user`.
One copy runs: sessions and limits have one truth, and a new pod takes the disk over. Before Redis
begins, a copy that waits on the disk becomes its log.
"""

from typing import Final

from lightkube.models.apps_v1 import (
    StatefulSetPersistentVolumeClaimRetentionPolicy,
    StatefulSetSpec,
    StatefulSetUpdateStrategy,
)
from lightkube.models.core_v1 import (
    Container,
    ContainerPort,
    EmptyDirVolumeSource,
    ExecAction,
    PersistentVolumeClaim,
    PersistentVolumeClaimSpec,
    PodSpec,
    PodTemplateSpec,
    Probe,
    ResourceRequirements,
    ServicePort,
    ServiceSpec,
    Volume,
    VolumeMount,
    VolumeResourceRequirements,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import StatefulSet
from lightkube.resources.core_v1 import Service, ServiceAccount

from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes import (
    certificate,
    label,
    pinned,
    pod,
    priority,
    quantity,
    redis,
    renewal,
    script,
    secret,
    storage,
)
from groundplan.targets.kubernetes.configuration import Configuration, config_maps, of_component
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.workload import CONFIGURATION, QUALITY

PODS: Final = "cache-pods"
"""The headless name that a StatefulSet asks for."""
PORT: Final = "redis"
DATA: Final = "data"
CLAIM: Final = f"{DATA}-{CACHE}-0"
"""The disk of the one pod, as Kubernetes names it."""
_GRACE: Final = 30
"""Seconds in which the last writes reach the disk."""
_DATA_BEARING: Final = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return what the cache is made of."""
    found = of_component(CACHE, {"redis.conf": redis.settings(platform, placement)})
    return {
        CACHE: [
            _stateful_set(platform, placement, found),
            _service(platform, placement, CACHE, None),
            _service(platform, placement, PODS, "None"),
            *config_maps(platform, placement, CACHE, found),
            ServiceAccount(
                metadata=label.metadata(platform, placement, CACHE),
                automountServiceAccountToken=False,
            ),
        ]
    }


def _stateful_set(
    platform: Platform, placement: Placement, configuration: Configuration
) -> StatefulSet:
    annotations = {
        QUALITY: quantity.quality_of_service(platform.cache.resources),
        **renewal.annotations(platform, placement, CACHE),
        **_DATA_BEARING,
    }
    kept = platform.cache.persistence.enabled
    return StatefulSet(
        metadata=label.metadata(platform, placement, CACHE, annotations=annotations),
        spec=StatefulSetSpec(
            replicas=1,
            serviceName=PODS,
            selector=label.selector(CACHE),
            revisionHistoryLimit=5,
            podManagementPolicy="OrderedReady",
            updateStrategy=StatefulSetUpdateStrategy(type="RollingUpdate"),
            persistentVolumeClaimRetentionPolicy=_RETAIN if kept else None,
            volumeClaimTemplates=[_claim(platform, placement)] if kept else None,
            template=PodTemplateSpec(
                metadata=ObjectMeta(
                    labels=label.labels(platform, placement, CACHE),
                    annotations={CONFIGURATION: configuration.digest},
                ),
                spec=_pod(platform, placement, configuration),
            ),
        ),
    )


_RETAIN: Final = StatefulSetPersistentVolumeClaimRetentionPolicy(
    whenDeleted="Retain", whenScaled="Retain"
)


def _claim(platform: Platform, placement: Placement) -> PersistentVolumeClaim:
    size = quantity.memory(platform.cache.persistence.size)
    return PersistentVolumeClaim(
        metadata=ObjectMeta(name=DATA, labels=label.labels(platform, placement, CACHE)),
        spec=PersistentVolumeClaimSpec(
            accessModes=["ReadWriteOnce"],
            storageClassName=storage.name(platform),
            resources=VolumeResourceRequirements(requests={"storage": size}),
        ),
    )


def _pod(platform: Platform, placement: Placement, configuration: Configuration) -> PodSpec:
    mounted = _mounted(placement, configuration)
    volumes = [volume for volume, _ in mounted]
    if not platform.cache.persistence.enabled:
        most = EmptyDirVolumeSource(sizeLimit=quantity.memory(platform.cache.persistence.size))
        volumes.append(Volume(name=DATA, emptyDir=most))
    return pod.spec(
        [_container(platform, placement, [mount for _, mount in mounted])],
        first=[_taking(platform)] if platform.cache.persistence.enabled else [],
        account=CACHE,
        priority=priority.name(platform, priority.DATA),
        grace=_GRACE,
        volumes=volumes,
    )


def _container(platform: Platform, placement: Placement, mounts: list[VolumeMount]) -> Container:
    port = placement.replica(CACHE, 0).address.port
    return Container(
        name=CACHE,
        image=pinned.cache(platform).reference,
        imagePullPolicy="Always",
        command=["redis-server", f"{pod.CONFIGURATION_FOLDER}/redis.conf"],
        ports=[ContainerPort(name=PORT, containerPort=port, protocol="TCP")],
        resources=_resources(platform),
        startupProbe=_probe(placement, period=1, failures=60),
        readinessProbe=_probe(placement, period=2, failures=2),
        livenessProbe=_probe(placement, period=5, failures=3),
        securityContext=pod.confinement(),
        volumeMounts=[_data(), *mounts, *pod.mounts()],
    )


def _taking(platform: Platform) -> Container:
    """Return what puts a copy back where one waits; it may need as much as a server."""
    return Container(
        name="take",
        image=pinned.cache(platform).reference,
        imagePullPolicy="Always",
        command=["sh", "-c", script.take(redis.DATA_FOLDER)],
        resources=_resources(platform),
        securityContext=pod.confinement(),
        volumeMounts=[_data(), *pod.mounts()],
    )


def _data() -> VolumeMount:
    return VolumeMount(name=DATA, mountPath=redis.DATA_FOLDER)


def _resources(platform: Platform) -> ResourceRequirements:
    resources = platform.cache.resources
    return ResourceRequirements(
        requests=quantity.amount(resources.requests),
        limits=quantity.amount(resources.limits),
    )


def _probe(placement: Placement, *, period: int, failures: int) -> Probe:
    """Return the question whether Redis answers; while it loads its log it does not."""
    port = placement.replica(CACHE, 0).address.port
    words = f"redis-cli -p {port} --user {redis.PROBE_USER} --pass none --no-auth-warning"
    if placement.is_encrypted:
        words += f" --tls --cacert {placement.certificate(CACHE).authority}"
    ask = ExecAction(command=["sh", "-c", f"{words} ping | grep -qx PONG"])
    return Probe(exec=ask, periodSeconds=period, timeoutSeconds=2, failureThreshold=failures)


def _mounted(
    placement: Placement, configuration: Configuration
) -> list[tuple[Volume, VolumeMount]]:
    found = [pod.configuration(list(configuration.maps)), pod.secrets(secret.name(CACHE))]
    if placement.is_encrypted:
        found.append(pod.certificate(certificate.name(CACHE)))
    return found


def _service(
    platform: Platform, placement: Placement, name: str, cluster_address: str | None
) -> Service:
    port = placement.replica(CACHE, 0).address.port
    return Service(
        metadata=label.metadata(platform, placement, CACHE, name),
        spec=ServiceSpec(
            type="ClusterIP",
            clusterIP=cluster_address,
            selector=label.selector(CACHE).matchLabels,
            ports=[ServicePort(name=PORT, port=port, targetPort=PORT, protocol="TCP")],
        ),
    )
