"""The environment variables of every kind of service, the same on one machine and in a cluster.

Takes a platform, a placement and the files that a component finds; hands on names and values.
Secrets are never among the values, only the files in which they stand.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.model import collector
from groundplan.model.data import ARTIFACTS
from groundplan.model.folders import Folders
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import CACHE, DATABASE, STORAGE, TELEMETRY, Platform
from groundplan.model.service import Service

POD_NAME: Final = "POD_NAME"
"""The variable that a pod fills with its own name before all others."""
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - a pod's network is its own
MOUNTED_SECRETS: Final = "/etc/groundplan/secrets"
"""Where a pod finds its secrets, one a file."""
STRANGERS_NUMBER: Final = 1
"""The numbered database of the cache for programs of the user's: their keys meet none of ours."""
ARTIFACTS_BUCKET: Final = "artifacts_bucket_name"
"""Terraform's output that names the bucket of files."""
DATABASE_REPLICAS: Final = "database_replica_endpoints"
"""Terraform's output that says where read replicas listen; there is none without them."""
REPLICA_URL: Final = "database-replica-url"
"""The file of a pod that holds the address of read replicas."""
NOT_APPLIED: Final = "not-applied"
"""Stands for what Terraform has not said yet; no bucket is called so."""
_CACHE_TIMEOUT: Final = 0.05
"""Seconds that an authorisation may wait for the cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingFiles:
    """The files that settings name, as the component itself finds them."""

    catalog: str
    policy: str
    gateway_key: str
    key_encryption_key: str
    database_url: str
    redis_url: str
    database_replica_url: str | None = None
    """The address of read replicas; there are none on one machine."""
    administrator: str | None = None
    """Who is made when there is nobody yet; not everybody may know."""
    state: str | None = None
    """What the runner says of its processes; a cluster has none."""
    artifacts: str | None = None
    """The folder that keeps files; a cluster has a bucket."""
    audit: str | None = None
    """The folder where the audit record's chain is noted; a cluster has a bucket."""
    mails: str | None = None
    """The folder that mails are written into; a cluster has a post office, if anything."""
    traces_key: str | None = None
    """The key that whoever takes spans asks for; a cluster lets only its pods come near."""
    telemetry_key: str | None = None
    """What is shown to whoever keeps signals, to be told of them."""
    alert_key: str | None = None
    """What whoever sends alerts must show."""


def in_folders(folders: Folders, name: str) -> SettingFiles:
    """Return the files of a component that runs on this machine."""
    secrets = f"{folders.config}/secrets/{name}"
    return SettingFiles(
        catalog=f"{folders.config}/catalog.json",
        policy=f"{folders.config}/policy.json",
        gateway_key=f"{secrets}.gateway-key",
        key_encryption_key=f"{secrets}.key-encryption-key",
        database_url=f"{secrets}.database-url",
        redis_url=f"{secrets}.redis-url",
        administrator=f"{folders.secrets}/administrator.json",
        state=f"{folders.run}/status.json",
        artifacts=folders.artifacts,
        audit=folders.audit,
        mails=folders.mails,
        traces_key=f"{folders.config}/secrets/{TELEMETRY}.send-key",
        telemetry_key=f"{folders.config}/secrets/{TELEMETRY}.key",
        alert_key=f"{folders.config}/secrets/{TELEMETRY}.alert-key",
    )


def mounted(platform: Platform, placement: Placement) -> SettingFiles:
    """Return the files of a component that runs in a pod."""
    replicas = platform.database.read_replicas
    return SettingFiles(
        catalog=f"{placement.config_folder}/config/catalog.json",
        policy=f"{placement.config_folder}/config/policy.json",
        gateway_key=f"{MOUNTED_SECRETS}/gateway-key",
        key_encryption_key=f"{MOUNTED_SECRETS}/key-encryption-key",
        database_url=f"{MOUNTED_SECRETS}/database-url",
        redis_url=f"{MOUNTED_SECRETS}/redis-url",
        database_replica_url=f"{MOUNTED_SECRETS}/{REPLICA_URL}" if replicas else None,
    )


def account(service: str) -> str:
    """Return the name of a service's database and role."""
    return service.replace("-", "_")


def standard(platform: Platform, placement: Placement, name: str, replica: int) -> dict[str, str]:
    """Return who and where a replica is, in the words that every service understands.

    In a cluster, where the replica is 0, its name is the pod's, which Kubernetes fills in.
    """
    address = placement.replica(name, replica).address
    in_pod = placement.discovery is Discovery.NAMES
    pod = f"$({POD_NAME})"
    told = {
        "service.namespace": platform.name,
        "service.instance.id": pod if in_pod else f"{name}-{replica}",
        "deployment.environment.name": placement.environment,
    }
    return {
        "HOST": EVERYWHERE if in_pod else address.host,
        "PORT": str(address.port),
        "GROUNDPLAN_COMPONENT": name,
        "GROUNDPLAN_REPLICA": pod if in_pod else str(replica),
        "GROUNDPLAN_ENVIRONMENT": placement.environment,
        "LOG_LEVEL": "info",
        "OTEL_SERVICE_NAME": name,
        "OTEL_RESOURCE_ATTRIBUTES": ",".join(f"{key}={value}" for key, value in told.items()),
        "PYTHONUNBUFFERED": "1",
        **encryption(placement, name),
        **tracing(platform, placement, name),
    }


def tracing(platform: Platform, placement: Placement, name: str) -> dict[str, str]:
    """Return where spans go and which are kept, in OpenTelemetry's words; nothing for nowhere.

    Lines are read from files: an SDK that sent them as well would have each kept twice.
    """
    endpoint = collector.url(placement)
    if not endpoint:
        return {}
    traces = platform.observability.traces
    believed = {}
    if placement.is_encrypted:
        believed["OTEL_EXPORTER_OTLP_CERTIFICATE"] = placement.certificate(name).authority
    return {
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_LOGS_EXPORTER": "none",
        "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": f"{traces.sampling:g}",
        "TRACES_SLOW_MS": _whole(traces.slow * 1000),
        **believed,
    }


def encryption(placement: Placement, name: str) -> dict[str, str]:
    """Return the files of a component's certificate; nothing where nothing is encrypted."""
    if not placement.is_encrypted:
        return {}
    files = placement.certificate(name)
    return {
        "TLS_CERTIFICATE_FILE": files.chain,
        "TLS_KEY_FILE": files.key,
        "TLS_AUTHORITY_FILE": files.authority,
    }


def backend(
    platform: Platform, placement: Placement, name: str, replica: int, files: SettingFiles
) -> dict[str, str]:
    """Return the settings of a replica of the backend, and of its migration."""
    service, identity = platform.services[name], platform.identity
    return {
        **standard(platform, placement, name, replica),
        **backend_secrets(service, files),
        "CATALOG_FILE": files.catalog,
        **({"STATE_FILE": files.state} if files.state else {}),
        **({"AUDIT_FOLDER": files.audit} if files.audit else {}),
        **({"MAIL_FOLDER": files.mails} if files.mails else {}),
        **_traces_key(placement, files),
        **_signals(platform, placement, files),
        "PUBLIC_URL": placement.public_url,
        "ISSUER": platform.issuer,
        "AUDIENCE": platform.name,
        "ACCESS_TOKEN_TTL": _whole(identity.access_token),
        "REFRESH_TOKEN_TTL": _whole(identity.refresh_token),
        "SESSION_IDLE_TTL": _whole(identity.idle),
        "KEY_ROTATION": _whole(identity.key_rotation),
        "LOCK_AFTER": str(identity.lock_after),
        "LOCK_FOR": _whole(identity.lock_for),
        "MFA_REQUIRED_FOR": ",".join(identity.mfa.required_for),
        "STEP_UP_TTL": _whole(identity.step_up),
        "DATABASE_POOL_SIZE": str(service.database.pool_size),
        "STATEMENT_TIMEOUT_MS": _whole(platform.database.statement_timeout * 1000),
        "REQUEST_TIMEOUT_MS": _whole(service.resilience.timeout * 1000),
        **_artifacts(platform, placement, service, files),
        **service.env,
    }


def _traces_key(placement: Placement, files: SettingFiles) -> dict[str, str]:
    if files.traces_key is None or not collector.url(placement):
        return {}
    return {"TRACES_KEY_FILE": files.traces_key}


def _signals(platform: Platform, placement: Placement, files: SettingFiles) -> dict[str, str]:
    """Return where the console is told of signals: by one machine's store, if there is one."""
    store = collector.url(placement)
    if placement.discovery is not Discovery.FILES or not store:
        return {}
    return {
        "METRICS_URL": store,
        "TRACES_URL": store,
        "LOGS_URL": store,
        "SCRAPE_INTERVAL": _whole(platform.observability.metrics.interval),
        **({"TELEMETRY_KEY_FILE": files.telemetry_key} if files.telemetry_key else {}),
        **({"ALERT_KEY_FILE": files.alert_key} if files.alert_key else {}),
    }


def _artifacts(
    platform: Platform, placement: Placement, service: Service, files: SettingFiles
) -> dict[str, str]:
    """Return where files are kept and what they may be; nothing for who calls no storage."""
    bucket = platform.storage.buckets.get(ARTIFACTS)
    if STORAGE not in service.calls or bucket is None:
        return {}
    if files.artifacts is not None:
        place = {"ARTIFACTS_FOLDER": files.artifacts}
    else:
        name = placement.outputs.get(ARTIFACTS_BUCKET, NOT_APPLIED)
        place = {"ARTIFACTS_BUCKET": name, "ARTIFACTS_REGION": platform.region}
        place["AUDIT_BUCKET"] = name
    return {
        **place,
        "ARTIFACT_MAX_SIZE": _whole(platform.storage.artifacts.max_size),
        "ARTIFACT_PART_SIZE": _whole(platform.storage.artifacts.part_size),
        "ARTIFACT_KEEP_DAYS": str(bucket.expire_days),
    }


def backend_secrets(service: Service, files: SettingFiles) -> dict[str, str]:
    """Return the settings of a backend that name files with secrets."""
    return {
        "GATEWAY_KEY_FILE": files.gateway_key,
        "KEY_ENCRYPTION_KEY_FILE": files.key_encryption_key,
        **({"FIRST_ADMINISTRATOR_FILE": files.administrator} if files.administrator else {}),
        **store_secrets(service, files),
        **_replicas(service, files),
    }


def _replicas(service: Service, files: SettingFiles) -> dict[str, str]:
    if DATABASE not in service.calls or files.database_replica_url is None:
        return {}
    return {"DATABASE_REPLICA_URL_FILE": files.database_replica_url}


def store_secrets(service: Service, files: SettingFiles) -> dict[str, str]:
    """Return the settings that name the files with the addresses of called stores."""
    found = {}
    if DATABASE in service.calls:
        found["DATABASE_URL_FILE"] = files.database_url
    if CACHE in service.calls:
        found["REDIS_URL_FILE"] = files.redis_url
    return found


def authorization(
    platform: Platform, placement: Placement, name: str, replica: int, files: SettingFiles
) -> dict[str, str]:
    """Return the settings of a replica of the authorisation service."""
    return {
        **standard(platform, placement, name, replica),
        **authorization_files(files),
        **_traces_key(placement, files),
        "REDIS_TIMEOUT_MS": _whole(_CACHE_TIMEOUT * 1000),
        **platform.services[name].env,
    }


def authorization_files(files: SettingFiles) -> dict[str, str]:
    """Return the settings of the authorisation service that name files."""
    return {
        "POLICY_FILE": files.policy,
        "REDIS_URL_FILE": files.redis_url,
        "GATEWAY_KEY_FILE": files.gateway_key,
    }


def own(
    platform: Platform, placement: Placement, name: str, replica: int, files: SettingFiles
) -> dict[str, str]:
    """Return the settings of a program of the user's that reads its stores from files."""
    service = platform.services[name]
    return {
        **standard(platform, placement, name, replica),
        **store_secrets(service, files),
        **service.env,
    }


def _whole(number: float) -> str:
    return str(round(number))
