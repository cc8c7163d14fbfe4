"""The collector of a node: a pod on each that takes the spans of the pods beside it.

Takes its configuration, which the target `monitoring` rendered; hands on a DaemonSet and a name
that leads to the pod of one's own node and to no other. It has two certificates: one that the
platform's pods trust, and one that it shows to those who only watch.
"""

from collections.abc import Mapping
from typing import Any, Final

from lightkube.models.apps_v1 import (
    DaemonSetSpec,
    DaemonSetUpdateStrategy,
    RollingUpdateDaemonSet,
)
from lightkube.models.core_v1 import (
    Container,
    ContainerPort,
    EnvVar,
    EnvVarSource,
    HTTPGetAction,
    ObjectFieldSelector,
    PodSpec,
    PodTemplateSpec,
    Probe,
    ResourceRequirements,
    ServicePort,
    ServiceSpec,
    Toleration,
    Volume,
    VolumeMount,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import DaemonSet
from lightkube.resources.core_v1 import Service, ServiceAccount

from groundplan.model import flow, image
from groundplan.model.flow import COLLECTOR
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.resources import Amount, Resources
from groundplan.targets.kubernetes import (
    certificate,
    label,
    observability,
    pod,
    priority,
    quantity,
    renewal,
)
from groundplan.targets.kubernetes.configuration import Configuration, config_maps, of_component
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.workload import CONFIGURATION, QUALITY

FILE: Final = "collector.yaml"
SOURCE: Final = f"agent/{FILE}"
"""Where the target `monitoring` puts the configuration."""
HEALTH: Final = 13133
RESOURCES: Final = Resources(
    requests=Amount(cpu=0.05, memory=128.0 * (1 << 20)),
    limits=Amount(cpu=0.5, memory=256.0 * (1 << 20)),
)
_GRACE: Final = 30


def objects(
    platform: Platform, placement: Placement, rendered: Mapping[str, str]
) -> dict[str, list[Object]]:
    """Return what the collector is made of.

    Args:
        platform: the platform.
        placement: where it runs.
        rendered: files of the target `monitoring`, by their paths.
    """
    held = of_component(COLLECTOR, {FILE: rendered[SOURCE]})
    return {
        COLLECTOR: [
            _daemon_set(platform, placement, held),
            _service(platform, placement),
            ServiceAccount(
                metadata=label.metadata(platform, placement, COLLECTOR),
                automountServiceAccountToken=False,
            ),
            *config_maps(platform, placement, COLLECTOR, held),
        ]
    }


def _daemon_set(platform: Platform, placement: Placement, held: Configuration) -> DaemonSet:
    annotations = {
        QUALITY: quantity.quality_of_service(RESOURCES),
        **renewal.annotations(platform, placement, COLLECTOR),
    }
    return DaemonSet(
        metadata=label.metadata(platform, placement, COLLECTOR, annotations=annotations),
        spec=DaemonSetSpec(
            selector=label.selector(COLLECTOR),
            revisionHistoryLimit=5,
            updateStrategy=DaemonSetUpdateStrategy(
                type="RollingUpdate", rollingUpdate=RollingUpdateDaemonSet(maxUnavailable=1)
            ),
            template=PodTemplateSpec(
                metadata=ObjectMeta(
                    labels=label.labels(platform, placement, COLLECTOR),
                    annotations={CONFIGURATION: held.digest},
                ),
                spec=_pod(platform, placement, held),
            ),
        ),
    )


def _pod(platform: Platform, placement: Placement, held: Configuration) -> PodSpec:
    mounted = [pod.configuration(list(held.maps)), pod.watchers(observability.name(COLLECTOR))]
    if placement.is_encrypted:
        mounted.append(pod.certificate(certificate.name(COLLECTOR)))
    found = pod.spec(
        [_container([mount for _, mount in mounted])],
        account=COLLECTOR,
        priority=priority.name(platform, priority.SERVICE),
        grace=_GRACE,
        volumes=_volumes(mounted),
    )
    # A node whose pods send nothing yet has one all the same.
    found.tolerations = [Toleration(operator="Exists", effect="NoSchedule")]
    return found


def _volumes(mounted: list[tuple[Volume, VolumeMount]]) -> list[Volume]:
    return [volume for volume, _ in mounted]


def _container(mounts: list[VolumeMount]) -> Container:
    address = ObjectFieldSelector(fieldPath="status.podIP")
    ask = HTTPGetAction(path="/", port="health")
    ports = {
        "grpc": flow.GATHERED_PORT,
        "http": flow.COLLECTOR_PORT,
        "figures": flow.COLLECTOR_FIGURES_PORT,
        "health": HEALTH,
    }
    return Container(
        name=COLLECTOR,
        image=image.COLLECTOR.reference,
        imagePullPolicy="Always",
        args=[f"--config={pod.CONFIGURATION_FOLDER}/{FILE}"],
        env=[EnvVar(name="POD_IP", valueFrom=EnvVarSource(fieldRef=address))],
        ports=[
            ContainerPort(name=name, containerPort=port, protocol="TCP")
            for name, port in ports.items()
        ],
        resources=ResourceRequirements(
            requests=quantity.amount(RESOURCES.requests),
            limits=quantity.amount(RESOURCES.limits),
        ),
        startupProbe=Probe(httpGet=ask, periodSeconds=2, timeoutSeconds=2, failureThreshold=30),
        readinessProbe=Probe(httpGet=ask, periodSeconds=5, timeoutSeconds=2),
        livenessProbe=Probe(httpGet=ask, periodSeconds=10, timeoutSeconds=2, failureThreshold=6),
        securityContext=pod.confinement(),
        volumeMounts=[*mounts, *pod.mounts()],
    )


def _service(platform: Platform, placement: Placement) -> Service:
    ports: dict[str, Any] = {
        "http": flow.COLLECTOR_PORT,
        "figures": flow.COLLECTOR_FIGURES_PORT,
    }
    return Service(
        metadata=label.metadata(platform, placement, COLLECTOR),
        spec=ServiceSpec(
            type="ClusterIP",
            # Spans go to the pod of one's own node: nothing crosses a zone on their account.
            internalTrafficPolicy="Local",
            selector=label.selector(COLLECTOR).matchLabels,
            ports=[
                ServicePort(name=name, port=port, targetPort=name, protocol="TCP")
                for name, port in ports.items()
            ],
        ),
    )
