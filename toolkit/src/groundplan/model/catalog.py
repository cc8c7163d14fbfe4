"""catalog.json: what the backend's catalog shows, the model's view of the platform."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from groundplan.model.platform import CACHE, DATABASE, STORAGE, Platform
from groundplan.model.service import Kind, Service

TIERS: Mapping[str, str] = {
    Kind.STATIC: "edge",
    Kind.GATEWAY: "edge",
    Kind.AUTHORIZATION: "application",
    Kind.BACKEND: "application",
    Kind.SERVICE: "application",
    DATABASE: "data",
    CACHE: "data",
    STORAGE: "data",
}

PRODUCTION = "prod"
"""The environment that asks for an approval unless the file says otherwise."""


def catalog(
    platform: Platform,
    environments: Mapping[str, Platform],
    environment: str,
    bills: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the catalog as plain values.

    Args:
        platform: the platform that runs.
        environments: every environment's platform, by name.
        environment: the name of the one that runs.
        bills: what environments cost, as plain values.
    """
    return {
        "platform": _platform(platform, environment),
        "environments": [_environment(name, each) for name, each in environments.items()],
        "bills": list(bills),
        "components": [
            *(_service(name, each) for name, each in platform.services.items()),
            *_stores(platform),
        ],
    }


def _platform(platform: Platform, environment: str) -> dict[str, Any]:
    return {
        "name": platform.name,
        "region": platform.region,
        "domain": platform.domain,
        "owner": platform.owner,
        "environment": environment,
        "zones": platform.zones,
        "network": to_jsonable_python(platform.network, by_alias=True),
    }


def _environment(name: str, platform: Platform) -> dict[str, Any]:
    database = platform.database
    return {
        "name": name,
        "approvals": _approvals(name, platform),
        "replicas": {
            service: {"min": each.replicas.min, "max": each.replicas.max}
            for service, each in platform.services.items()
        },
        "database": {
            "instance": database.instance,
            "version": database.version,
            "multiZone": database.multi_zone,
            "readReplicas": database.read_replicas,
        },
    }


def _approvals(name: str, platform: Platform) -> int:
    if platform.approvals is None:
        return 1 if name == PRODUCTION else 0
    return platform.approvals


def _service(name: str, service: Service) -> dict[str, Any]:
    return {
        "name": name,
        "kind": service.kind,
        "tier": TIERS[service.kind],
        "description": service.description,
        "replicas": {"min": service.replicas.min, "max": service.replicas.max},
        "resources": to_jsonable_python(service.resources, by_alias=True),
        "routes": to_jsonable_python(service.routes, by_alias=True),
        "calls": list(service.calls),
        "limits": to_jsonable_python(service.limits, by_alias=True) if service.routes else None,
        "image": service.run.image if service.run else None,
        "source": f"platform.yaml services.{name}",
    }


def _stores(platform: Platform) -> Iterable[dict[str, Any]]:
    database, cache = platform.database, platform.cache
    yield _store(DATABASE, f"PostgreSQL {database.version}")
    resources = to_jsonable_python(cache.resources, by_alias=True)
    yield {**_store(CACHE, f"Redis {cache.version}"), "resources": resources}
    if platform.storage.buckets:
        yield _store(STORAGE, "Buckets: " + ", ".join(platform.storage.buckets))


def _store(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": name,
        "tier": TIERS[name],
        "description": description,
        "replicas": {"min": 1, "max": 1},
        "resources": {},
        "routes": [],
        "calls": [],
        "limits": None,
        "image": None,
        "source": f"platform.yaml {name}",
    }
