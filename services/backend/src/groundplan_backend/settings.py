"""What the environment decides, read once at start (twelve-factor).

A secret `X` comes from the file that `X_FILE` names, else from `X`. Durations are seconds
unless the name says milliseconds.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from groundplan_contracts import tls
from groundplan_contracts.identity import Role
from groundplan_contracts.tracing import settings as traces


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it."""


class Secret:
    """A value that never shows itself in logs, errors or dumps."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "[redacted]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of the backend."""

    host: str = "127.0.0.1"
    port: int = 8000
    component: str = "backend"
    replica: str = "1"
    environment: str = "local"
    log_level: str = "info"

    database_url: Secret
    database_replica_url: Secret | None = None
    """A read replica, or a name for several; lists are read there."""
    database_pool_size: int = 5
    statement_timeout_ms: int = 5000
    redis_url: Secret
    request_timeout_ms: int = 10_000

    gateway_key: Secret
    key_encryption_key: Secret
    first_administrator: Secret | None = None
    public_url: str = "http://127.0.0.1:8080"
    issuer: str = "https://groundplan.example"
    audience: str = "groundplan"
    access_token_ttl: int = 300
    refresh_token_ttl: int = 28_800
    session_idle_ttl: int = 1800
    key_rotation: int = 2_592_000
    lock_after: int = 10
    lock_for: int = 1800
    mfa_required_for: frozenset[str] = frozenset()
    """The roles whose people must have a second factor."""
    step_up_ttl: int = 600

    artifacts_folder: Path | None = None
    """Where files are kept on one machine, sealed."""
    artifacts_bucket: str | None = None
    """The S3 bucket that keeps files; it goes before the folder."""
    artifacts_region: str = "us-east-1"
    artifacts_endpoint: str | None = None
    """Where S3 answers, when it is not AWS that does."""
    artifact_max_size: int = 5_368_709_120
    artifact_part_size: int = 16_777_216
    artifact_keep_days: int = 365

    mail_folder: Path | None = None
    """Where mails are written in place of being sent, on one machine."""
    smtp_url: Secret | None = None
    """`smtp[s]://[user:password@]host[:port]`; it goes before the folder."""
    mail_from: str = "groundplan@localhost"

    oidc_issuer: str | None = None
    """Where else people sign in; nowhere, when it is not set."""
    oidc_client_id: str = ""
    oidc_client_secret: Secret | None = None
    oidc_name: str = "single sign-on"

    certificate: tls.Certificate | None = None
    """What callers are shown; without one they are answered unencrypted."""
    authority: Path | None = None
    """Whom Redis must be vouched for by; PostgreSQL's stands in its URL."""
    tracing: traces.Tracing = field(default_factory=traces.Tracing)
    """Where spans go; without an endpoint none are kept."""
    catalog_file: Path | None = None
    state_file: Path | None = None

    webhook_allow: str = ""
    """Networks and names, separated by commas, where webhooks may send beside the internet."""
    audit_folder: Path | None = None
    """Where the chain of the audit record is noted outside the database; or in `audit_bucket`."""
    audit_bucket: str = ""

    metrics_url: str | None = None
    """Where Prometheus' HTTP API answers, in the store of one machine or in a cluster."""
    metrics_jobs: str = ""
    """Whose silence is told, separated by commas, where more is measured than the platform."""
    traces_url: str | None = None
    traces_kind: str = "store"
    """What answers there: `store` or `jaeger`."""
    logs_url: str | None = None
    logs_kind: str = "store"
    """What answers there: `store` or `elasticsearch`."""
    logs_index: str = "logs-*"
    """Which indices of Elasticsearch hold the lines."""
    logs_user: str = ""
    """Who asks Elasticsearch, with `logs_password`; nobody else is shown that."""
    logs_password: Secret | None = None
    telemetry_key: Secret | None = None
    """What is shown to the store, and to Prometheus and Jaeger where something guards them."""
    telemetry_authority_file: Path | None = None
    """Whom they must be vouched for by, when it is not `authority`."""
    scrape_interval: int = 30
    """Seconds between two samples of a metric."""
    alert_key: Secret | None = None
    """What Alertmanager must show; without one nothing may open incidents."""


_SECRETS: Final = ("DATABASE_URL", "REDIS_URL", "GATEWAY_KEY", "KEY_ENCRYPTION_KEY")
_OPTIONAL_SECRETS: Final = (
    "DATABASE_REPLICA_URL",
    "FIRST_ADMINISTRATOR",
    "SMTP_URL",
    "OIDC_CLIENT_SECRET",
    "LOGS_PASSWORD",
    "TELEMETRY_KEY",
    "ALERT_KEY",
)
_NUMBERS: Final = (
    "PORT",
    "DATABASE_POOL_SIZE",
    "STATEMENT_TIMEOUT_MS",
    "REQUEST_TIMEOUT_MS",
    "ACCESS_TOKEN_TTL",
    "REFRESH_TOKEN_TTL",
    "SESSION_IDLE_TTL",
    "KEY_ROTATION",
    "LOCK_AFTER",
    "LOCK_FOR",
    "STEP_UP_TTL",
    "ARTIFACT_MAX_SIZE",
    "ARTIFACT_PART_SIZE",
    "ARTIFACT_KEEP_DAYS",
    "SCRAPE_INTERVAL",
)
_WORDS: Final = {
    "HOST": "host",
    "GROUNDPLAN_COMPONENT": "component",
    "GROUNDPLAN_REPLICA": "replica",
    "GROUNDPLAN_ENVIRONMENT": "environment",
    "LOG_LEVEL": "log_level",
    "PUBLIC_URL": "public_url",
    "ISSUER": "issuer",
    "AUDIENCE": "audience",
    "MAIL_FROM": "mail_from",
    "OIDC_ISSUER": "oidc_issuer",
    "OIDC_CLIENT_ID": "oidc_client_id",
    "OIDC_NAME": "oidc_name",
    "WEBHOOK_ALLOW": "webhook_allow",
    "ARTIFACTS_BUCKET": "artifacts_bucket",
    "AUDIT_BUCKET": "audit_bucket",
    "ARTIFACTS_REGION": "artifacts_region",
    "ARTIFACTS_ENDPOINT": "artifacts_endpoint",
    "METRICS_URL": "metrics_url",
    "METRICS_JOBS": "metrics_jobs",
    "TRACES_URL": "traces_url",
    "LOGS_URL": "logs_url",
    "LOGS_INDEX": "logs_index",
    "LOGS_USER": "logs_user",
}
_CHOICES: Final = {
    "TRACES_KIND": ("store", "jaeger"),
    "LOGS_KIND": ("store", "elasticsearch"),
}
_FILES: Final = (
    "CATALOG_FILE",
    "STATE_FILE",
    "ARTIFACTS_FOLDER",
    "AUDIT_FOLDER",
    "MAIL_FOLDER",
    "TELEMETRY_AUTHORITY_FILE",
)


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a secret is missing, a file cannot be read, a number is none.
    """
    values: dict[str, object] = {
        name.lower(): _require(_secret(environment, name), name) for name in _SECRETS
    }
    for name in _OPTIONAL_SECRETS:
        values[name.lower()] = _secret(environment, name)
    for name in _NUMBERS:
        if environment.get(name):
            values[name.lower()] = _number(name, environment[name])
    for name, word in _WORDS.items():
        if environment.get(name):
            values[word] = environment[name]
    for name, words in _CHOICES.items():
        if environment.get(name):
            values[name.lower()] = _choice(name, environment[name], words)
    values["mfa_required_for"] = _roles("MFA_REQUIRED_FOR", environment)
    for name in _FILES:
        if environment.get(name):
            values[name.lower()] = Path(environment[name])
    values["certificate"] = _certificate(environment)
    values["authority"] = tls.authority(environment)
    values["tracing"] = _tracing(environment)
    return Settings(**values)  # type: ignore[arg-type]


def required(name: str, environment: Mapping[str, str] = os.environ) -> Secret:
    """Return one secret, for commands that need no more than a few.

    Raises:
        SettingsError: it is missing, or its file cannot be read.
    """
    return _require(_secret(environment, name), name)


def optional(name: str, environment: Mapping[str, str] = os.environ) -> Secret | None:
    """Return one secret, or nothing where it is not set.

    Raises:
        SettingsError: its file cannot be read.
    """
    return _secret(environment, name)


def path(name: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the file that a setting names.

    Raises:
        SettingsError: it is not set.
    """
    if not environment.get(name):
        raise SettingsError(f"{name}: is not set; it names a file")
    return Path(environment[name])


def _require(secret: Secret | None, name: str) -> Secret:
    if secret is None:
        raise SettingsError(f"{name}: is not set; name its file in {name}_FILE")
    return secret


def _choice(name: str, word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise SettingsError(f"{name}: {word!r} is none of {', '.join(words)}")
    return word


def _roles(name: str, environment: Mapping[str, str]) -> frozenset[str]:
    words = [word.strip() for word in environment.get(name, "").split(",") if word.strip()]
    for word in words:
        try:
            Role.parse(word)
        except ValueError:
            known = ", ".join(role.word for role in Role)
            raise SettingsError(f"{name}: {word!r} is none of {known}") from None
    return frozenset(words)


def _certificate(environment: Mapping[str, str]) -> tls.Certificate | None:
    try:
        return tls.certificate(environment)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _tracing(environment: Mapping[str, str]) -> traces.Tracing:
    try:
        return traces.read(environment, tls.authority(environment))
    except traces.TracingError as error:
        raise SettingsError(str(error)) from None


def _secret(environment: Mapping[str, str], name: str) -> Secret | None:
    file = environment.get(f"{name}_FILE")
    if file:
        try:
            return Secret(Path(file).read_text().strip())
        except OSError as error:
            raise SettingsError(f"{name}_FILE: {file} cannot be read: {error.strerror}") from error
    value = environment.get(name)
    return Secret(value) if value else None


def _number(name: str, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise SettingsError(f"{name}: must be a whole number, is {text!r}") from None
    if number < 1:
        raise SettingsError(f"{name}: must be at least 1, is {number}")
    return number
