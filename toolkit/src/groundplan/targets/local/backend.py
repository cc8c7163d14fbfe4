"""The backend on this machine: its settings, its replicas and the migration before them."""

from groundplan.model import setting
from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.process import Account, Job, Process, Program
from groundplan.model.service import Service
from groundplan.targets.local import encryption, environment
from groundplan.targets.local.secret import Secrets

MODULE = "groundplan_backend"
_ADMINISTRATION = "administration-url"
MARGIN = 4
"""Connections of a role beyond its replicas' pools, for migrations and restarts."""


def config(
    placement: Placement, folders: Folders, secrets: Secrets, name: str, service: Service
) -> tuple[File, ...]:
    """Return the secrets of the backend, one a file."""
    contents = {f"{name}.key-encryption-key": secrets.key_encryption_key}
    contents[f"{name}.gateway-key"] = secrets.gateway_key
    if DATABASE in service.calls:
        contents[f"{name}.database-url"] = environment.database_url(placement, secrets, name)
        administration = environment.administration_url(placement, secrets, name)
        contents[f"{name}.{_ADMINISTRATION}"] = administration
    if CACHE in service.calls:
        contents[f"{name}.redis-url"] = environment.cache_url(placement, secrets)
    return tuple(File(f"secrets/{path}", text, 0o600) for path, text in contents.items())


def processes(
    platform: Platform, placement: Placement, folders: Folders, name: str
) -> tuple[Process, ...]:
    """Return the replicas of a backend."""
    service = platform.services[name]
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
            environment=_environment(platform, placement, folders, name, endpoint.replica),
            drain=service.drain,
            after=(f"migrate-{name}",),
            reads=(*_reads(folders, name, service), *encryption.files(placement, name)),
            authority=encryption.authority(placement, name),
        )
        for endpoint in placement.of(name)
    )


def migration(platform: Platform, placement: Placement, folders: Folders, name: str) -> Job:
    """Return the job that brings a backend's database up to its code."""
    return Job(
        name=f"migrate-{name}",
        says="migrating the database",
        program=Program.PYTHON,
        arguments=("-m", MODULE, "migrate"),
        environment={
            **_environment(platform, placement, folders, name, 1),
            "ADMINISTRATION_URL_FILE": f"{folders.config}/secrets/{name}.{_ADMINISTRATION}",
        },
        directory=folders.data,
        after=("accounts",),
    )


def account(platform: Platform, name: str) -> Account:
    """Return the database account of a service."""
    service = platform.services[name]
    connections = service.database.pool_size * (service.replicas.min + 1) + MARGIN
    most = platform.database.max_connections
    return Account(name, min(connections, most), platform.database.statement_timeout)


def _environment(
    platform: Platform, placement: Placement, folders: Folders, name: str, replica: int
) -> dict[str, str]:
    files = setting.in_folders(folders, name)
    return setting.backend(platform, placement, name, replica, files)


def _reads(folders: Folders, name: str, service: Service) -> tuple[str, ...]:
    files = setting.in_folders(folders, name)
    return (files.catalog, *sorted(setting.backend_secrets(service, files).values()))
