"""The local target: a platform as processes of one machine, and the files that they read.

Takes the model, a placement on free ports, the folders and the secrets; hands on files,
processes, jobs and database accounts. The gateway's and the frontend's own configuration
come from their targets.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from groundplan.model.catalog import catalog
from groundplan.model.file import File, Files
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import DATABASE, Platform
from groundplan.model.process import Installation, Job, Local, Process
from groundplan.model.service import Kind, Service
from groundplan.targets.local import (
    authz,
    backend,
    envoy,
    nginx,
    own,
    postgres,
    redis,
    telemetry,
    tunnel,
)
from groundplan.targets.local import prometheus as watcher
from groundplan.targets.local.port import Need, needs, place
from groundplan.targets.local.prometheus import collected
from groundplan.targets.local.secret import Secrets

__all__ = ["Folders", "Need", "Secrets", "collected", "needs", "place", "render"]


def render(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    secrets: Secrets,
    *,
    environments: Mapping[str, Platform] | None = None,
    bills: Sequence[Mapping[str, Any]] = (),
    tunnelled: bool = False,
    rules: Sequence[str] = (),
    prometheus: str = "",
) -> Local:
    """Return everything that a local run starts and what it reads.

    Args:
        platform: the platform.
        placement: where each component listens.
        folders: the run's folders.
        secrets: passwords and keys of this data folder.
        environments: all environments of the file, for the catalog to show.
        bills: what they cost, as plain values, for the catalog to show.
        tunnelled: whether an nginx speaks TLS for the cache, whose server cannot.
        rules: files of recording and alerting rules, for the telemetry store.
        prometheus: the settings of a Prometheus beside the platform; empty where there is none.
    """
    running = placement.environment
    shown = catalog(platform, environments or {running: platform}, running, bills)
    listing = File("catalog.json", json.dumps(shown, indent=1, sort_keys=True) + "\n")
    with_database = [name for name, each in platform.services.items() if DATABASE in each.calls]
    return Local(
        files=(
            listing,
            *_files(platform, placement, folders, secrets, tunnelled),
            *telemetry.config(platform, placement, folders, secrets, rules),
            *([watcher.config(prometheus)] if prometheus else ()),
        ),
        processes=(
            *_processes(platform, placement, folders, secrets, tunnelled),
            telemetry.process(placement, folders, rules),
            *([watcher.process(platform, placement, folders, rules)] if prometheus else ()),
        ),
        jobs=tuple(_jobs(platform, placement, folders)),
        accounts=(
            *(backend.account(platform, name) for name in with_database),
            telemetry.account(platform),
        ),
        installations=tuple(_installations(platform, folders)),
    )


def _files(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    secrets: Secrets,
    tunnelled: bool,
) -> Files:
    password = secrets.cache_password
    found = [
        *postgres.config(platform, placement, folders),
        *redis.config(platform, placement, folders, password, tunnelled=tunnelled),
        *(tunnel.config(placement, folders) if tunnelled else ()),
    ]
    for name, service in platform.services.items():
        if service.kind is Kind.BACKEND:
            found += backend.config(placement, folders, secrets, name, service)
        elif service.kind is Kind.AUTHORIZATION:
            found += authz.config(placement, secrets, name)
    return tuple(found)


def _processes(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    secrets: Secrets,
    tunnelled: bool,
) -> list[Process]:
    found = [
        postgres.process(platform, placement, folders),
        redis.process(placement, folders, tunnelled=tunnelled),
        *([tunnel.process(placement, folders)] if tunnelled else ()),
    ]
    for name, service in platform.services.items():
        found += _replicas(platform, placement, folders, secrets, name, service)
    return found


def _replicas(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    secrets: Secrets,
    name: str,
    service: Service,
) -> tuple[Process, ...]:
    match service.kind:
        case Kind.STATIC:
            return nginx.processes(platform, placement, folders, name)
        case Kind.GATEWAY:
            return envoy.processes(platform, placement, folders, name)
        case Kind.AUTHORIZATION:
            return authz.processes(platform, placement, folders, name)
        case Kind.BACKEND:
            return backend.processes(platform, placement, folders, name)
        case Kind.SERVICE:
            return own.processes(platform, placement, folders, secrets, name)


def _jobs(platform: Platform, placement: Placement, folders: Folders) -> list[Job]:
    return [
        backend.migration(platform, placement, folders, name)
        for name, _ in platform.of_kind(Kind.BACKEND)
    ]


def _installations(platform: Platform, folders: Folders) -> list[Installation]:
    found = (
        own.installation(folders, name, service.run)
        for name, service in platform.of_kind(Kind.SERVICE)
        if service.run
    )
    return [each for each in found if each]
