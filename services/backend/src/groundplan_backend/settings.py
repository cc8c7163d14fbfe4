"""What the environment decides, read once at start (twelve-factor).

A secret `X` comes from the file that `X_FILE` names, else from `X`. Durations are seconds
unless the name says milliseconds.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan_contracts import tls


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

    certificate: tls.Certificate | None = None
    """What callers are shown; without one they are answered unencrypted."""
    authority: Path | None = None
    """Whom Redis must be vouched for by; PostgreSQL's stands in its URL."""
    catalog_file: Path | None = None
    state_file: Path | None = None


_SECRETS: Final = ("DATABASE_URL", "REDIS_URL", "GATEWAY_KEY", "KEY_ENCRYPTION_KEY")
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
}
_FILES: Final = ("CATALOG_FILE", "STATE_FILE")


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a secret is missing, a file cannot be read, a number is none.
    """
    values: dict[str, object] = {
        name.lower(): _require(_secret(environment, name), name) for name in _SECRETS
    }
    values["first_administrator"] = _secret(environment, "FIRST_ADMINISTRATOR")
    for name in _NUMBERS:
        if environment.get(name):
            values[name.lower()] = _number(name, environment[name])
    for name, field in _WORDS.items():
        if environment.get(name):
            values[field] = environment[name]
    for name in _FILES:
        if environment.get(name):
            values[name.lower()] = Path(environment[name])
    values["certificate"] = _certificate(environment)
    values["authority"] = tls.authority(environment)
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


def _certificate(environment: Mapping[str, str]) -> tls.Certificate | None:
    try:
        return tls.certificate(environment)
    except ValueError as error:
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
