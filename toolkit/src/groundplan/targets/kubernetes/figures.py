"""Containers that show the figures of another program to Prometheus, over TLS."""

from typing import Final

from lightkube.models.core_v1 import (
    Container,
    ContainerPort,
    HTTPGetAction,
    Probe,
    ResourceRequirements,
    VolumeMount,
)

from groundplan.formats import yaml
from groundplan.model.placement import Placement
from groundplan.model.resources import Amount, Resources
from groundplan.targets.kubernetes import pod, quantity

RESOURCES: Final = Resources(
    requests=Amount(cpu=0.02, memory=32.0 * (1 << 20)),
    limits=Amount(cpu=0.2, memory=64.0 * (1 << 20)),
)
WEB: Final = "web.yaml"
_WEB: Final = f"{pod.CONFIGURATION_FOLDER}/{WEB}"


def web(placement: Placement) -> dict[str, str]:
    """Return the file that makes an exporter speak TLS; none where nothing is encrypted."""
    if not placement.is_encrypted:
        return {}
    files = placement.certificate("")
    shown = {"cert_file": files.chain, "key_file": files.key, "min_version": "TLS12"}
    return {WEB: yaml.dump({"tls_server_config": shown})}


def encryption(placement: Placement) -> list[str]:
    """Return the argument that makes an exporter read the file of `web`."""
    return [f"--web.config.file={_WEB}"] if placement.is_encrypted else []


def bounds() -> ResourceRequirements:
    """Return what such a container is guaranteed, and the most that it may take."""
    return ResourceRequirements(
        requests=quantity.amount(RESOURCES.requests), limits=quantity.amount(RESOURCES.limits)
    )


def container(
    name: str,
    reference: str,
    arguments: list[str],
    port: int,
    placement: Placement,
    mounts: list[VolumeMount],
) -> Container:
    """Return an exporter.

    Args:
        name: of the container.
        reference: of its image.
        arguments: of its program.
        port: where it shows figures.
        placement: where it runs.
        mounts: beside the folders that it may write.
    """
    scheme = "HTTPS" if placement.is_encrypted else "HTTP"
    ask = HTTPGetAction(path="/", port="figures", scheme=scheme)
    return Container(
        name=name,
        image=reference,
        imagePullPolicy="Always",
        args=arguments,
        ports=[ContainerPort(name="figures", containerPort=port, protocol="TCP")],
        resources=bounds(),
        readinessProbe=Probe(httpGet=ask, periodSeconds=10, timeoutSeconds=2),
        livenessProbe=Probe(httpGet=ask, periodSeconds=30, timeoutSeconds=2, failureThreshold=5),
        securityContext=pod.confinement(),
        volumeMounts=[*mounts, *pod.mounts()],
    )
