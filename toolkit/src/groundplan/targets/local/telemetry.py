"""The telemetry store on this machine: its settings, its process, and what others are told of it.

It takes in spans and lines, collects metrics, follows logs and judges rules, in place of what a
cluster has for each. Nobody waits for it, and nobody fails with it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from groundplan.model import alert
from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Endpoint, Placement
from groundplan.model.platform import CACHE, DATABASE, TELEMETRY, Platform
from groundplan.model.probe import Probes
from groundplan.model.process import Account, Process, Program
from groundplan.model.service import Kind, Service
from groundplan.targets.local import encryption, environment
from groundplan.targets.local.port import STATISTICS
from groundplan.targets.local.secret import Secrets

MODULE: Final = "groundplan_telemetry"
SETTINGS: Final = f"{TELEMETRY}/settings.json"
KEY: Final = f"secrets/{TELEMETRY}.key"
SEND_KEY: Final = f"secrets/{TELEMETRY}.send-key"
ALERT_KEY: Final = f"secrets/{TELEMETRY}.alert-key"
DATABASE_URL: Final = f"secrets/{TELEMETRY}.database-url"
CACHE_URL: Final = f"secrets/{TELEMETRY}.redis-url"
STATUS: Final = "/healthz/live"
"""Where an nginx says that it lives, on its health socket; its lines say the rest."""
GATEWAY_PATH: Final = "/stats/prometheus"
"""Where a gateway shows its figures."""
CONNECTIONS: Final = 3
"""That the exporter of the database may open."""
NODE: Final = "node"
FIGURES: Final = "metrics"
"""Among a service's signals: it shows metrics."""
SYSTEMS: Final = {"postgresql": DATABASE, "redis": CACHE}
FORMATS: Final = {DATABASE: "postgres", CACHE: "redis", Kind.SERVICE: "json"}


def config(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    secrets: Secrets,
    rules: Sequence[str],
) -> tuple[File, ...]:
    """Return the settings and the secrets of the store.

    Args:
        platform: the platform.
        placement: where each component listens.
        folders: the run's folders.
        secrets: the keys of this data folder.
        rules: files of recording and alerting rules.
    """
    told = settings(platform, placement, folders, rules)
    return (
        File(SETTINGS, json.dumps(told, indent=1, sort_keys=True) + "\n", 0o600),
        File(KEY, secrets.telemetry_key, 0o600),
        File(SEND_KEY, secrets.send_key, 0o600),
        File(ALERT_KEY, secrets.alert_key, 0o600),
        File(DATABASE_URL, environment.watching_url(placement, secrets), 0o600),
        File(CACHE_URL, environment.cache_url(placement, secrets), 0o600),
    )


def process(placement: Placement, folders: Folders, rules: Sequence[str]) -> Process:
    """Return the one store of a local run."""
    told = f"{folders.config}/{SETTINGS}"
    secret = (
        f"{folders.config}/{path}" for path in (KEY, SEND_KEY, ALERT_KEY, DATABASE_URL, CACHE_URL)
    )
    return Process(
        component=TELEMETRY,
        replica=1,
        kind=TELEMETRY,
        program=Program.PYTHON,
        arguments=("-m", MODULE, "serve", told),
        port=placement.replica(TELEMETRY, 1).address.port,
        probes=Probes.asking(),
        directory=folders.data,
        environment={"PYTHONUNBUFFERED": "1"},
        reads=(told, *secret, *rules, *encryption.files(placement, TELEMETRY)),
        authority=encryption.authority(placement, TELEMETRY),
        is_needed=False,
    )


def account(platform: Platform) -> Account:
    """Return the role that looks at the database and changes nothing."""
    timeout = platform.database.statement_timeout
    return Account(TELEMETRY, CONNECTIONS, timeout, is_watcher=True)


def settings(
    platform: Platform, placement: Placement, folders: Folders, rules: Sequence[str]
) -> dict[str, Any]:
    """Return the store's settings."""
    kept = platform.observability.local
    every = platform.observability.metrics.interval
    return {
        "listen": _listen(placement),
        "folder": folders.telemetry,
        "key_file": f"{folders.config}/{KEY}",
        "send_key_file": f"{folders.config}/{SEND_KEY}",
        "limits": {"size": kept.size, "keep": kept.keep},
        "environment": placement.environment,
        "peers": SYSTEMS,
        "external_labels": {
            "namespace": platform.name,
            "environment": placement.environment,
        },
        "scrape": [{**each, "interval": every} for each in _targets(platform, placement, folders)],
        **_exporters(platform, placement, folders, every),
        "logs": list(_logs(platform, placement, folders)),
        "slow": platform.observability.traces.slow,
        "rules": list(rules),
        **_alerts(platform, placement, folders),
    }


def _listen(placement: Placement) -> dict[str, Any]:
    at = placement.replica(TELEMETRY, 1).address
    told: dict[str, Any] = {"host": at.host, "port": at.port}
    if placement.is_encrypted:
        shown = placement.certificate(TELEMETRY)
        told |= {"certificate": shown.chain, "private_key": shown.key}
    return told


def _targets(
    platform: Platform, placement: Placement, folders: Folders
) -> Iterator[dict[str, Any]]:
    for name, service in platform.services.items():
        shown, path = name, "/metrics"
        if service.kind is Kind.GATEWAY:
            shown, path = name + STATISTICS, GATEWAY_PATH
        if _shows_figures(platform, name, service):
            for at in placement.of(shown):
                yield _target(placement, name, at, path)
    own = _target(placement, TELEMETRY, placement.replica(TELEMETRY, 1))
    yield {**own, "key_file": f"{folders.config}/{KEY}"}


def _shows_figures(platform: Platform, name: str, service: Service) -> bool:
    if service.kind is Kind.STATIC:
        return False
    return service.kind is not Kind.SERVICE or FIGURES in platform.objectives.signals.get(name, ())


def _target(
    placement: Placement, job: str, at: Endpoint, path: str = "/metrics"
) -> dict[str, Any]:
    scheme = "https" if placement.is_encrypted else "http"
    believed = placement.certificate(TELEMETRY).authority if placement.is_encrypted else ""
    return {
        **_who(job, at.replica),
        "url": f"{scheme}://{at.address}{path}",
        "authority": believed,
    }


def _who(job: str, replica: int) -> dict[str, Any]:
    name = f"{job}-{replica}"
    return {"job": job, "instance": name, "labels": {"pod": name}}


def _exporters(
    platform: Platform, placement: Placement, folders: Folders, every: float
) -> dict[str, Any]:
    believed = placement.certificate(TELEMETRY).authority if placement.is_encrypted else ""
    usual = {"interval": every, "authority": believed}
    sockets = (
        (_who(name, at.replica), f"unix:{folders.run}/{name}-{at.replica}.sock:{STATUS}")
        for name, _ in platform.of_kind(Kind.STATIC)
        for at in placement.of(name)
    )
    return {
        "postgres": {
            **_who(DATABASE, 1), **usual, "url_file": f"{folders.config}/{DATABASE_URL}"
        },
        "redis": {**_who(CACHE, 1), **usual, "url_file": f"{folders.config}/{CACHE_URL}"},
        "nginx": [{**who, "url": url, "interval": every} for who, url in sockets],
        "host": {**_who(NODE, 1), "folder": folders.data, "interval": every},
    }  # fmt: skip


def _logs(platform: Platform, placement: Placement, folders: Folders) -> Iterator[dict[str, str]]:
    kinds: dict[str, str] = {name: each.kind for name, each in platform.services.items()}
    for name in (*kinds, DATABASE, CACHE):
        for at in placement.of(name):
            replica = f"{name}-{at.replica}"
            yield {
                "service": name,
                "replica": replica,
                "path": f"{folders.logs}/{replica}.log",
                "format": FORMATS.get(name, "json"),
            }


def _alerts(platform: Platform, placement: Placement, folders: Folders) -> Mapping[str, Any]:
    """Return who is told of alerts; nobody where there is no backend that has incidents.

    Every replica of the gateway is named, so that one that is away makes no alert late.
    """
    gateway = next((name for name, _ in platform.of_kind(Kind.GATEWAY)), None)
    if gateway is None or not any(platform.of_kind(Kind.BACKEND)):
        return {}
    scheme = "https" if placement.is_encrypted else "http"
    told = {
        "urls": [f"{scheme}://{at.address}{alert.INCIDENTS}" for at in placement.of(gateway)],
        "key_file": f"{folders.config}/{ALERT_KEY}",
        "authority": placement.certificate(TELEMETRY).authority if placement.is_encrypted else "",
    }
    return {"alerts": told}
