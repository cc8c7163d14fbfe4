"""The authorisation service on this machine: its settings and its replicas."""

from groundplan.model import setting
from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.process import Process, Program
from groundplan.targets.local import encryption, environment
from groundplan.targets.local.secret import Secrets

MODULE = "groundplan_gateway"


def config(placement: Placement, secrets: Secrets, name: str) -> tuple[File, ...]:
    """Return the secrets of the authorisation service, one a file."""
    return (
        File(f"secrets/{name}.gateway-key", secrets.gateway_key, 0o600),
        File(f"secrets/{name}.redis-url", environment.cache_url(placement, secrets), 0o600),
    )


def processes(
    platform: Platform, placement: Placement, folders: Folders, name: str
) -> tuple[Process, ...]:
    """Return the replicas of the authorisation service."""
    service = platform.services[name]
    files = setting.in_folders(folders, name)
    return tuple(
        Process(
            component=name,
            replica=endpoint.replica,
            kind=service.kind,
            program=Program.PYTHON,
            arguments=("-m", MODULE, "serve"),
            port=endpoint.address.port,
            probes=service.effective_probes,
            directory=folders.data,
            environment=setting.authorization(platform, placement, name, endpoint.replica, files),
            drain=service.drain,
            reads=(
                *setting.authorization_files(files).values(),
                *encryption.files(placement, name),
            ),
            authority=encryption.authority(placement, name),
        )
        for endpoint in placement.of(name)
    )
