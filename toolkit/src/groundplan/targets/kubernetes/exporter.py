"""Exporters of the stores: what shows the figures of PostgreSQL and Redis to Prometheus.

Each is a Deployment of one pod: while it is replaced figures are missing, and nothing else. Each
may read figures and nothing more: in PostgreSQL as a member of `pg_monitor`, in Redis as a user of
few commands. A first container brings Amazon's authorities, which only the backend's image has.
"""

from typing import Final

from lightkube.models.apps_v1 import DeploymentSpec, DeploymentStrategy
from lightkube.models.core_v1 import (
    Container,
    EnvVar,
    PodSpec,
    PodTemplateSpec,
    ServicePort,
    ServiceSpec,
    Volume,
    VolumeMount,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Service, ServiceAccount

from groundplan.model import flow, image
from groundplan.model.placement import STORE_PORTS, Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.service import Kind
from groundplan.model.setting import MOUNTED_SECRETS
from groundplan.targets.kubernetes import (
    certificate,
    figures,
    label,
    output,
    pod,
    priority,
    quantity,
    renewal,
    secret,
)
from groundplan.targets.kubernetes import image as image_of
from groundplan.targets.kubernetes.configuration import Configuration, config_maps
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.workload import CONFIGURATION, QUALITY, port_name

_GRACE: Final = 10
_AUTHORITIES: Final = f"{pod.RUN_FOLDER}/authorities.pem"
_VERIFIED: Final = f"sslmode=verify-full&sslrootcert={_AUTHORITIES}"


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the exporters of the stores, each in a folder of its own."""
    return {name: _exporter(platform, placement, name) for name in flow.exporters(platform)}


def _exporter(platform: Platform, placement: Placement, name: str) -> list[Object]:
    files = figures.web(placement) if name == flow.DATABASE_EXPORTER else {}
    held = Configuration(f"{name}-configuration", files) if files else None
    read = config_maps(platform, placement, name, held) if held else []
    return [
        _deployment(platform, placement, name, held),
        _service(platform, placement, name),
        ServiceAccount(
            metadata=label.metadata(platform, placement, name), automountServiceAccountToken=False
        ),
        *read,
    ]


def _deployment(
    platform: Platform, placement: Placement, name: str, held: Configuration | None
) -> Deployment:
    annotations = {
        QUALITY: quantity.quality_of_service(figures.RESOURCES),
        **renewal.annotations(platform, placement, name),
    }
    return Deployment(
        metadata=label.metadata(platform, placement, name, annotations=annotations),
        spec=DeploymentSpec(
            replicas=1,
            selector=label.selector(name),
            revisionHistoryLimit=5,
            strategy=DeploymentStrategy(type="Recreate"),
            template=PodTemplateSpec(
                metadata=ObjectMeta(
                    labels=label.labels(platform, placement, name),
                    annotations={CONFIGURATION: held.digest} if held else None,
                ),
                spec=_pod(platform, placement, name, held),
            ),
        ),
    )


def _pod(
    platform: Platform, placement: Placement, name: str, held: Configuration | None
) -> PodSpec:
    mounted = _mounted(placement, name, held)
    making = {flow.CACHE_EXPORTER: _cache, flow.DATABASE_EXPORTER: _database}[name]
    return pod.spec(
        [making(placement, [mount for _, mount in mounted])],
        account=name,
        priority=priority.name(platform, priority.BATCH),
        grace=_GRACE,
        volumes=[volume for volume, _ in mounted],
        first=[_authorities(platform, placement)] if name == flow.DATABASE_EXPORTER else [],
    )


def _authorities(platform: Platform, placement: Placement) -> Container:
    """Return what hands on by whom the database is known, in the folder that a pod may write."""
    backend, _ = next(platform.of_kind(Kind.BACKEND))
    words = f"import shutil; shutil.copyfile({secret.RDS_AUTHORITY!r}, {_AUTHORITIES!r})"
    return Container(
        name="authorities",
        image=image_of.reference(platform, placement, backend),
        imagePullPolicy="Always",
        command=["python3", "-c", words],
        resources=figures.bounds(),
        securityContext=pod.confinement(),
        volumeMounts=pod.mounts(),
    )


def _cache(placement: Placement, mounts: list[VolumeMount]) -> Container:
    address = placement.replica(CACHE, 0).address
    scheme = "rediss" if placement.is_encrypted else "redis"
    arguments = [
        f"--redis.addr={scheme}://{secret.EXPORTER}@{address}",
        f"--redis.user={secret.EXPORTER}",
        f"--redis.password-file={MOUNTED_SECRETS}/{secret.EXPORTER_PASSWORDS}",
        f"--web.listen-address=:{flow.CACHE_EXPORTER_PORT}",
        # Neither is among the few commands of its user.
        "--config-command=-",
        "--set-client-name=false",
    ]
    if placement.is_encrypted:
        files = placement.certificate(flow.CACHE_EXPORTER)
        arguments += [
            f"--tls-ca-cert-file={files.authority}",
            f"--tls-server-cert-file={files.chain}",
            f"--tls-server-key-file={files.key}",
        ]
    return figures.container(
        flow.CACHE_EXPORTER,
        image.REDIS_EXPORTER.reference,
        arguments,
        flow.CACHE_EXPORTER_PORT,
        placement,
        mounts,
    )


def _database(placement: Placement, mounts: list[VolumeMount]) -> Container:
    host = output.host(placement, "database_endpoint")
    uri = f"{host}:{STORE_PORTS[DATABASE]}/{secret.EXPORTER}?{_VERIFIED}"
    found = figures.container(
        flow.DATABASE_EXPORTER,
        image.POSTGRES_EXPORTER.reference,
        [f"--web.listen-address=:{flow.DATABASE_EXPORTER_PORT}", *figures.encryption(placement)],
        flow.DATABASE_EXPORTER_PORT,
        placement,
        mounts,
    )
    found.env = [
        EnvVar(name="DATA_SOURCE_URI", value=uri),
        EnvVar(name="DATA_SOURCE_USER", value=secret.EXPORTER),
        EnvVar(name="DATA_SOURCE_PASS_FILE", value=f"{MOUNTED_SECRETS}/password"),
    ]
    return found


def _mounted(
    placement: Placement, name: str, held: Configuration | None
) -> list[tuple[Volume, VolumeMount]]:
    found = [pod.secrets(secret.name(name))]
    if held:
        found.append(pod.configuration(list(held.maps)))
    if placement.is_encrypted:
        found.append(pod.certificate(certificate.name(name)))
    return found


def _service(platform: Platform, placement: Placement, name: str) -> Service:
    ports = {
        flow.CACHE_EXPORTER: flow.CACHE_EXPORTER_PORT,
        flow.DATABASE_EXPORTER: flow.DATABASE_EXPORTER_PORT,
    }
    return Service(
        metadata=label.metadata(platform, placement, name),
        spec=ServiceSpec(
            type="ClusterIP",
            selector=label.selector(name).matchLabels,
            ports=[
                ServicePort(
                    name=port_name(placement),
                    port=ports[name],
                    targetPort="figures",
                    protocol="TCP",
                )
            ],
        ),
    )
