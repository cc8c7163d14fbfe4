"""Secrets: from AWS Secrets Manager through External Secrets into files of pods that read them.

Takes the platform and what Terraform said of the account; hands on a SecretStore, and for each
component an ExternalSecret with exactly the files that it reads, each readable by nobody else.
Passwords are escaped where they become part of an address. Secrets themselves stand nowhere here.

The cache finds its password in `password` and its users in `users.acl`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from groundplan.model import flow, setting
from groundplan.model.placement import STORE_PORTS, Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.kubernetes import label, output
from groundplan.targets.kubernetes.object import Custom, Object

API: Final = "external-secrets.io/v1"
STORE: Final = "aws-secrets"
RDS_AUTHORITY: Final = "/etc/ssl/rds/global-bundle.pem"
"""Where our images keep the certificates of those who sign for RDS."""
BACKUP_USER: Final = "backup"
"""Who may ask the cache for a copy of everything, and for nothing else."""
_MAINTENANCE_DATABASE: Final = "postgres"

EXPORTER: Final = "exporter"
"""Who may read a store's figures, and nothing that it holds."""
EXPORTER_PASSWORDS: Final = "passwords.json"

_ACL: Final = """\
user default on #{{ .cache_password | sha256sum }} ~* &* +@all -@admin -@dangerous \
+info +client|id +client|setname
user backup on #{{ .cache_password | sha256sum }} -@all +sync +psync +replconf +ping
user exporter on #{{ .cache_password | sha256sum }} -@all +info +ping +slowlog|len
"""
"""As on one machine: words that stop, empty or reconfigure the server are refused."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a value stands in AWS: a secret, and a key of it where it is JSON."""

    secret: str
    property: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Files, as templates, and the values that these name."""

    files: Mapping[str, str]
    values: Mapping[str, _Source]


def name(component: str) -> str:
    """Return the Secret that holds a component's files."""
    return f"{component}-secrets"


def migration(backend: str) -> str:
    """Return the name of the job that brings a backend's database up to its code."""
    return f"{flow.MIGRATION}{backend}"


def has_files(platform: Platform, component: str) -> bool:
    """Say whether a component has a Secret at all."""
    if component == CACHE or component in flow.exporters(platform):
        return True
    if component not in platform.services:
        return False
    service = platform.services[component]
    keyed = service.kind in (Kind.BACKEND, Kind.AUTHORIZATION, Kind.GATEWAY)
    return keyed or DATABASE in service.calls or CACHE in service.calls


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the store and, by folder, what is fetched from it.

    What jobs need before a sync stands with the namespace, which is there before them.
    """
    found: dict[str, list[Object]] = {"namespace": [_store(platform, placement)]}
    found["namespace"] += _of_jobs(platform, placement)
    for component in (*platform.services, CACHE, *flow.exporters(platform)):
        if has_files(platform, component):
            wanted = _wanted(platform, placement, component)
            found[component] = [_external(platform, placement, component, wanted)]
    return found


def _store(platform: Platform, placement: Placement) -> Object:
    provider = {"aws": {"service": "SecretsManager", "region": platform.region}}
    return Custom(
        API,
        "SecretStore",
        label.metadata(platform, placement, "secrets", STORE),
        {"provider": provider},
    )


def _of_jobs(platform: Platform, placement: Placement) -> Iterator[Object]:
    if not platform.callers_of(DATABASE):
        return
    yield _external(platform, placement, flow.ACCOUNTS, _accounts(platform, placement))
    for backend, service in platform.of_kind(Kind.BACKEND):
        if DATABASE in service.calls:
            wanted = _migration(platform, placement, backend, service)
            yield _external(platform, placement, migration(backend), wanted)


def _wanted(platform: Platform, placement: Placement, component: str) -> _Wanted:
    if component == CACHE:
        files = {"password": "{{ .cache_password }}", "users.acl": _ACL}
        return _Wanted(files, {"cache_password": _ours(platform, placement, "cache-password")})
    if component in flow.exporters(platform):
        return _exporter(platform, placement, component)
    service = platform.services[component]
    found = _keys(platform, placement, service)
    if DATABASE in service.calls:
        found.append(_database(platform, placement, component, service))
        found.append(_replicas(platform, placement, component, service))
    if CACHE in service.calls:
        found.append(_cache(platform, placement, service))
    return _together(found)


def _keys(platform: Platform, placement: Placement, service: Service) -> list[_Wanted]:
    """Return the keys that Groundplan's own services share; a user's program gets none."""
    names = {
        Kind.BACKEND: ("gateway-key", "key-encryption-key", "telemetry-key", "alerts-key"),
        Kind.AUTHORIZATION: ("gateway-key",),
        Kind.GATEWAY: ("gateway-key",),
    }
    return [
        _Wanted(
            {key: f"{{{{ .{_variable(key)} }}}}"},
            {_variable(key): _ours(platform, placement, key)},
        )
        for key in names.get(service.kind, ())
    ]


def _database(platform: Platform, placement: Placement, called: str, service: Service) -> _Wanted:
    has_bundle = not (service.run and service.run.image)
    address = _address(called, _endpoint(placement), has_bundle=has_bundle)
    return _of_database(platform, placement, called, {"database-url": address})


def _replicas(platform: Platform, placement: Placement, called: str, service: Service) -> _Wanted:
    """Return the address of read replicas, for whom we know to read there."""
    if service.kind is not Kind.BACKEND or not platform.database.read_replicas:
        return _Wanted({}, {})
    hosts = output.host(placement, setting.DATABASE_REPLICAS)
    address = _address(called, hosts, has_bundle=True)
    return _of_database(platform, placement, called, {setting.REPLICA_URL: address})


def _of_database(
    platform: Platform, placement: Placement, called: str, files: Mapping[str, str]
) -> _Wanted:
    """Return files that name a service's password in the database."""
    source = _ours(platform, placement, f"database/{called}")
    return _Wanted(files, {_variable(f"database-{called}"): source})


def _address(called: str, hosts: str, *, has_bundle: bool) -> str:
    """Return where a service finds its database, as a template."""
    account, password = setting.account(called), _escaped(_variable(f"database-{called}"))
    return (
        f"postgresql://{account}:{password}@{hosts}/{account}?{_verified(has_bundle=has_bundle)}"
    )


def _cache(platform: Platform, placement: Placement, service: Service) -> _Wanted:
    scheme = "rediss" if placement.is_encrypted else "redis"
    number = setting.STRANGERS_NUMBER if service.is_own else 0
    address = placement.replica(CACHE, 0).address
    url = f"{scheme}://:{_escaped('cache_password')}@{address}/{number}"
    return _Wanted(
        {"redis-url": url}, {"cache_password": _ours(platform, placement, "cache-password")}
    )


def _exporter(platform: Platform, placement: Placement, component: str) -> _Wanted:
    """Return the password by which a store shows its figures; Redis' stands beside an address."""
    if component == flow.DATABASE_EXPORTER:
        source = _ours(platform, placement, f"database/{EXPORTER}")
        return _Wanted({"password": "{{ .password }}"}, {"password": source})
    scheme = "rediss" if placement.is_encrypted else "redis"
    address = placement.replica(CACHE, 0).address
    # Its versions look for the address with the user's name, or without.
    known = (f"{scheme}://{EXPORTER}@{address}", f"{scheme}://{address}")
    held = ", ".join(f'"{each}": "{{{{ .cache_password }}}}"' for each in known)
    return _Wanted(
        {EXPORTER_PASSWORDS: f"{{{held}}}"},
        {"cache_password": _ours(platform, placement, "cache-password")},
    )


def _accounts(platform: Platform, placement: Placement) -> _Wanted:
    """Return the administrator's address, and the password of each account."""
    master = output.value(placement, "database_secret_arn")
    who = f"{_escaped('username')}:{_escaped('password')}"
    address = f"{who}@{_endpoint(placement)}/{_MAINTENANCE_DATABASE}"
    url = f"postgresql://{address}?{_verified(has_bundle=True)}"
    wanted = [
        _Wanted(
            {"administration-url": url},
            {"username": _Source(master, "username"), "password": _Source(master, "password")},
        )
    ]
    for service in (*platform.callers_of(DATABASE), EXPORTER):
        key = f"database-{service}"
        source = _ours(platform, placement, f"database/{service}")
        wanted.append(_Wanted({key: f"{{{{ .{_variable(key)} }}}}"}, {_variable(key): source}))
    return _together(wanted)


def _migration(
    platform: Platform, placement: Placement, backend: str, service: Service
) -> _Wanted:
    secret = _ours(platform, placement, "administrator")
    administrator = _Wanted(
        {"administrator.json": "{{ .administrator }}"}, {"administrator": secret}
    )
    return _together([_database(platform, placement, backend, service), administrator])


def _together(parts: list[_Wanted]) -> _Wanted:
    files: dict[str, str] = {}
    values: dict[str, _Source] = {}
    for part in parts:
        files |= part.files
        values |= part.values
    return _Wanted(files, values)


def _external(platform: Platform, placement: Placement, component: str, wanted: _Wanted) -> Object:
    called = name(component)
    spec = {
        "refreshInterval": "1h",
        "refreshPolicy": "Periodic",
        "secretStoreRef": {"kind": "SecretStore", "name": STORE},
        "target": {
            "name": called,
            "creationPolicy": "Owner",
            "deletionPolicy": "Retain",
            "template": {
                "engineVersion": "v2",
                "type": "Opaque",
                "metadata": {"labels": label.labels(platform, placement, component)},
                "data": dict(wanted.files),
            },
        },
        "data": [_value(key, source) for key, source in wanted.values.items()],
    }
    meta = label.metadata(platform, placement, component, called)
    return Custom(API, "ExternalSecret", meta, spec)


def _value(key: str, source: _Source) -> dict[str, Any]:
    place = {"key": source.secret} | ({"property": source.property} if source.property else {})
    return {"secretKey": key, "remoteRef": place}


def _ours(platform: Platform, placement: Placement, secret: str) -> _Source:
    return _Source(f"{platform.name}-{placement.environment}/{secret}")


def _endpoint(placement: Placement) -> str:
    host = output.host(placement, "database_endpoint")
    return f"{host}:{STORE_PORTS[DATABASE]}"


def _verified(*, has_bundle: bool) -> str:
    """Return how the connection is encrypted; a stranger's image has not our certificates."""
    return f"sslmode=verify-full&sslrootcert={RDS_AUTHORITY}" if has_bundle else "sslmode=require"


def _variable(key: str) -> str:
    """Return a key as a template's variable, which knows no hyphen."""
    return key.replace("-", "_")


def _escaped(variable: str) -> str:
    """Return a template that writes a value into an address; a blank must not become a plus."""
    return f'{{{{ .{variable} | urlquery | replace "+" "%20" }}}}'
