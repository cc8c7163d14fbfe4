"""The gateway on this machine: one Envoy a replica, reading what the gateway target wrote."""

from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.process import Process, Program
from groundplan.targets.local import encryption

FLUSH = 500
"""Milliseconds that lines of the access log are gathered: whoever follows it waits no longer."""
DRAIN = 2
"""Seconds over which a draining Envoy closes its connections."""


def processes(
    platform: Platform, placement: Placement, folders: Folders, name: str
) -> tuple[Process, ...]:
    """Return the replicas of the gateway."""
    service = platform.services[name]
    return tuple(
        Process(
            component=name,
            replica=endpoint.replica,
            kind=service.kind,
            program=Program.ENVOY,
            arguments=_arguments(platform, folders, name, endpoint.replica),
            port=endpoint.address.port,
            probes=service.effective_probes,
            directory=folders.data,
            drain=service.drain,
            reads=(settings_path(folders, name, endpoint.replica),),
            authority=encryption.authority(placement, name),
        )
        for endpoint in placement.of(name)
    )


def settings_path(folders: Folders, name: str, replica: int) -> str:
    """Return where a replica's bootstrap stands."""
    return f"{folders.config}/{name}-{replica}/envoy.json"


def _arguments(platform: Platform, folders: Folders, name: str, replica: int) -> tuple[str, ...]:
    return (
        "--config-path",
        settings_path(folders, name, replica),
        "--service-cluster",
        platform.name,
        "--service-node",
        f"{name}-{replica}",
        "--concurrency",
        "1",
        "--disable-hot-restart",
        "--drain-strategy",
        "immediate",
        "--drain-time-s",
        str(DRAIN),
        "--log-level",
        "warning",
        "--file-flush-interval-msec",
        str(FLUSH),
    )
