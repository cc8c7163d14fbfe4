"""What must happen to data before a release, and by the clock.

Takes the platform; hands on, in the folder `jobs`, the accounts and the migrations, which Argo CD
runs before it changes anything else (wave -2, then -1), and the copies of the cache.
What they need to start stands with the namespace: a hook runs before its own folder is there.
Each holds a lock in the database, so two releases at once do the work once.
"""

from collections.abc import Iterator
from typing import Final

from lightkube.models.core_v1 import ConfigMapVolumeSource, Volume, VolumeMount
from lightkube.resources.core_v1 import ConfigMap

from groundplan.formats import json
from groundplan.model import flow, setting
from groundplan.model.placement import Placement
from groundplan.model.platform import DATABASE, Platform
from groundplan.model.service import Kind
from groundplan.targets.kubernetes import label, pod, secret, snapshot, task
from groundplan.targets.kubernetes.image import reference
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.task import Step, Task

FOLDER: Final = "jobs"
NAMESPACE: Final = "namespace"
MODULE: Final = "groundplan_backend"
MARGIN: Final = 4
"""Connections of an account beyond its replicas' pools, for migrations and restarts."""
EXPORTER_CONNECTIONS: Final = 5
_CONFIGURATION: Final = "/etc/groundplan/config"
_ACCOUNTS_FILE: Final = "accounts.json"
_SETTINGS, _ACCOUNTS, _MIGRATIONS = -3, -2, -1


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the jobs by folder; none where nothing calls the database or nothing is kept."""
    found: dict[str, list[Object]] = {NAMESPACE: [], FOLDER: []}
    backends = [name for name, service in platform.of_kind(Kind.BACKEND)]
    if backends and platform.callers_of(DATABASE):
        tasks = [
            (_accounts(platform, placement, backends[0]), _ACCOUNTS),
            *((each, _MIGRATIONS) for each in _migrations(platform, placement)),
        ]
        found[NAMESPACE] += [task.account(platform, placement, each.name) for each, _ in tasks]
        found[FOLDER].append(_settings(platform, placement))
        found[FOLDER] += [task.job(platform, placement, each, wave) for each, wave in tasks]
    if platform.cache.persistence.enabled:
        found[FOLDER] += snapshot.objects(platform, placement)
    return {folder: held for folder, held in found.items() if held}


def accounts(platform: Platform) -> list[dict[str, object]]:
    """Return what the accounts of services may do in the database."""
    services = [_account(platform, name) for name in platform.callers_of(DATABASE)]
    return [*services, _exporter(platform)]


def _account(platform: Platform, name: str) -> dict[str, object]:
    """Return an account; a release runs a replica more than there are at the most."""
    service, database = platform.services[name], platform.database
    connections = service.database.pool_size * (service.replicas.max + 1) + MARGIN
    return {
        "name": setting.account(name),
        "connections": min(connections, database.max_connections),
        "statement_timeout_ms": round(database.statement_timeout * 1000),
        "password_file": f"{setting.MOUNTED_SECRETS}/database-{name}",
        "audit": service.kind is Kind.BACKEND,
    }


def _exporter(platform: Platform) -> dict[str, object]:
    """Return who reads the server's figures."""
    return {
        "name": secret.EXPORTER,
        "connections": EXPORTER_CONNECTIONS,
        "statement_timeout_ms": round(platform.database.statement_timeout * 1000),
        "password_file": f"{setting.MOUNTED_SECRETS}/database-{secret.EXPORTER}",
        "monitors": True,
    }


def _settings(platform: Platform, placement: Placement) -> Object:
    """Return the accounts as a file; a hook too, or the job would read the last release's."""
    annotations = task.before_sync(_SETTINGS)
    meta = label.metadata(platform, placement, flow.ACCOUNTS, annotations=annotations)
    return ConfigMap(metadata=meta, data={_ACCOUNTS_FILE: json.dump(accounts(platform))})


def _accounts(platform: Platform, placement: Placement, backend: str) -> Task:
    volume = Volume(name="config", configMap=ConfigMapVolumeSource(name=flow.ACCOUNTS))
    mount = VolumeMount(name="config", mountPath=_CONFIGURATION, readOnly=True)
    providing = Step(
        name=flow.ACCOUNTS,
        image=reference(platform, placement, backend),
        command=("python3", "-m", MODULE, "accounts"),
        environment={
            "ACCOUNTS_FILE": f"{_CONFIGURATION}/{_ACCOUNTS_FILE}",
            "ADMINISTRATION_URL_FILE": f"{setting.MOUNTED_SECRETS}/administration-url",
            **_told(placement, flow.ACCOUNTS),
        },
        mounts=(pod.secrets(secret.name(flow.ACCOUNTS)), (volume, mount)),
    )
    return Task(name=flow.ACCOUNTS, steps=(providing,), deadline=300, tries=4)


def _migrations(platform: Platform, placement: Placement) -> Iterator[Task]:
    for backend, service in platform.of_kind(Kind.BACKEND):
        if DATABASE not in service.calls:
            continue
        name = secret.migration(backend)
        migrating = Step(
            name=name,
            image=reference(platform, placement, backend),
            command=("python3", "-m", MODULE, "migrate"),
            environment={
                "DATABASE_URL_FILE": f"{setting.MOUNTED_SECRETS}/database-url",
                "FIRST_ADMINISTRATOR_FILE": f"{setting.MOUNTED_SECRETS}/administrator.json",
                **_told(placement, name),
            },
            mounts=(pod.secrets(secret.name(name)),),
        )
        yield Task(name=name, steps=(migrating,), deadline=900, tries=4)


def _told(placement: Placement, name: str) -> dict[str, str]:
    return {
        "GROUNDPLAN_COMPONENT": name,
        "GROUNDPLAN_ENVIRONMENT": placement.environment,
        "PYTHONUNBUFFERED": "1",
    }
