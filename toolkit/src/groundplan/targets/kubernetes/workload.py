"""A service as a Deployment: its pods, how they are replaced, and what they mount.

The number of pods is the autoscaler's, so it stands nowhere here.
"""

from typing import Final

from lightkube.models.apps_v1 import DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment
from lightkube.models.core_v1 import (
    Container,
    ContainerPort,
    PodSpec,
    PodTemplateSpec,
    ResourceRequirements,
    Volume,
    VolumeMount,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import Deployment

from groundplan.model.flow import EDGE_PORT, STATISTICS_PORT
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.kubernetes import (
    certificate,
    command,
    drain,
    image,
    label,
    observability,
    pod,
    priority,
    quantity,
    renewal,
    secret,
    spread,
)
from groundplan.targets.kubernetes.configuration import Configuration
from groundplan.targets.kubernetes.probe import probe

CONFIGURATION: Final = "groundplan.dev/configuration"
"""The annotation that changes with the configuration, so that pods are replaced by it."""
QUALITY: Final = "groundplan.dev/quality-of-service"
_REVISIONS: Final = 5
_PATIENCE: Final = 600
"""Seconds after which a release that gets nowhere is called failed, if pods start in time."""


def deployment(
    platform: Platform, placement: Placement, name: str, configuration: Configuration | None
) -> Deployment:
    """Return the Deployment of a service."""
    service = platform.services[name]
    annotations = {
        QUALITY: quantity.quality_of_service(service.resources),
        **renewal.annotations(platform, placement, name),
    }
    return Deployment(
        metadata=label.metadata(platform, placement, name, annotations=annotations),
        spec=DeploymentSpec(
            selector=label.selector(name),
            revisionHistoryLimit=_REVISIONS,
            minReadySeconds=5,
            progressDeadlineSeconds=_patience(service),
            strategy=DeploymentStrategy(
                type="RollingUpdate",
                rollingUpdate=RollingUpdateDeployment(maxUnavailable=0, maxSurge="25%"),
            ),
            template=PodTemplateSpec(
                metadata=ObjectMeta(
                    labels=label.labels(platform, placement, name),
                    annotations={CONFIGURATION: configuration.digest} if configuration else None,
                ),
                spec=_pod(platform, placement, name, configuration),
            ),
        ),
    )


def port_name(placement: Placement) -> str:
    """Return what the port of every service is called."""
    return "https" if placement.is_encrypted else "http"


def _patience(service: Service) -> int:
    starting = service.effective_probes.startup
    return max(_PATIENCE, round(2 * starting.period * starting.failures))


def _pod(
    platform: Platform, placement: Placement, name: str, configuration: Configuration | None
) -> PodSpec:
    service = platform.services[name]
    mounted = _mounted(platform, placement, name, configuration)
    found = pod.spec(
        [_container(platform, placement, name, configuration, [each for _, each in mounted])],
        account=name,
        priority=priority.name(platform, priority.SERVICE),
        grace=drain.grace(platform, name),
        volumes=[volume for volume, _ in mounted],
    )
    found.topologySpreadConstraints = spread.constraints(
        name, service.replicas.min, platform.network.zones
    )
    found.affinity = spread.affinity(name)
    return found


def _container(
    platform: Platform,
    placement: Placement,
    name: str,
    configuration: Configuration | None,
    mounts: list[VolumeMount],
) -> Container:
    service = platform.services[name]
    port, probes = port_name(placement), service.effective_probes
    encrypted = placement.is_encrypted
    return Container(
        name=name,
        image=image.reference(platform, placement, name),
        imagePullPolicy="Always",
        command=command.command(platform, placement, name, configuration),
        env=command.environment(platform, placement, name),
        ports=_ports(placement, name, service),
        resources=ResourceRequirements(
            requests=quantity.amount(service.resources.requests),
            limits=quantity.amount(service.resources.limits),
        ),
        startupProbe=probe(probes.startup, port=port, encrypted=encrypted),
        readinessProbe=probe(probes.readiness, port=port, encrypted=encrypted),
        livenessProbe=probe(probes.liveness, port=port, encrypted=encrypted),
        lifecycle=drain.lifecycle(platform, placement, name),
        securityContext=pod.confinement(),
        volumeMounts=[*mounts, *pod.mounts()],
    )


def _ports(placement: Placement, name: str, service: Service) -> list[ContainerPort]:
    port = placement.replica(name, 0).address.port
    found = [ContainerPort(name=port_name(placement), containerPort=port, protocol="TCP")]
    if service.kind is Kind.GATEWAY:
        found.append(
            ContainerPort(name="statistics", containerPort=STATISTICS_PORT, protocol="TCP")
        )
    if service.kind is Kind.STATIC:
        found.append(ContainerPort(name="figures", containerPort=EDGE_PORT, protocol="TCP"))
    return found


def _mounted(
    platform: Platform, placement: Placement, name: str, configuration: Configuration | None
) -> list[tuple[Volume, VolumeMount]]:
    found = []
    if configuration:
        found.append(pod.configuration(list(configuration.maps)))
    if secret.has_files(platform, name):
        found.append(pod.secrets(secret.name(name)))
    if placement.is_encrypted:
        found.append(pod.certificate(certificate.name(name)))
    if platform.services[name].kind is Kind.BACKEND:
        found.append(pod.watchers(observability.name(name)))
    return found
