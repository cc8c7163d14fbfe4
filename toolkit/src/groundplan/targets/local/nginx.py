"""The frontend on this machine: nginx replicas that accept from one socket of the runner's."""

from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.process import Process, Program, Signal
from groundplan.targets.local import encryption


def processes(
    platform: Platform, placement: Placement, folders: Folders, name: str
) -> tuple[Process, ...]:
    """Return the replicas of the frontend."""
    service = platform.services[name]
    return tuple(
        Process(
            component=name,
            replica=endpoint.replica,
            kind=service.kind,
            program=Program.NGINX,
            arguments=_arguments(folders, name, endpoint.replica),
            port=endpoint.address.port,
            probes=service.effective_probes,
            directory=folders.data,
            stop=Signal.QUIT,
            drain=service.drain,
            after=(f"site-{name}",),
            reloads=(
                settings_path(folders, name, endpoint.replica),
                *encryption.files(placement, name),
            ),
            shares_socket=True,
            health_socket=f"{folders.run}/{name}-{endpoint.replica}.sock",
            unprivileged=True,
        )
        for endpoint in placement.of(name)
    )


def settings_path(folders: Folders, name: str, replica: int) -> str:
    """Return where a replica's nginx.conf stands."""
    return f"{folders.config}/{name}-{replica}/nginx.conf"


def _arguments(folders: Folders, name: str, replica: int) -> tuple[str, ...]:
    prefix = f"{folders.config}/{name}-{replica}"
    return ("-p", prefix, "-c", settings_path(folders, name, replica), "-e", "stderr")
