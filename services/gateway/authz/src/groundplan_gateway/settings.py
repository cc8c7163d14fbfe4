"""Settings of the process, read once from the environment. Secrets come as files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from groundplan_contracts import tls
from groundplan_contracts.tracing import settings as traces


class SettingError(Exception):
    """A setting is missing or cannot be read."""


class Secret(str):
    """A text that must never be shown; `str()` of it is the text, its repr is not."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "[redacted]"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the process was told; `redis_timeout` is in seconds."""

    policy_file: Path
    redis_url: Secret
    gateway_key: Secret
    host: str
    port: int
    redis_timeout: float
    log_level: str
    certificate: tls.Certificate | None = None
    """What callers are shown; without one they are answered unencrypted."""
    authority: Path | None = None
    """Whom Redis must be vouched for by."""
    tracing: traces.Tracing = field(default_factory=traces.Tracing)
    """Where spans go; without an endpoint none are kept."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            SettingError: one is missing, empty or no number where it should be one.
        """
        return cls(
            policy_file=Path(_required(environment, "POLICY_FILE")),
            redis_url=_secret(environment, "REDIS_URL"),
            gateway_key=_secret(environment, "GATEWAY_KEY"),
            host=environment.get("HOST", "127.0.0.1"),
            port=_number(environment, "PORT", 9001),
            redis_timeout=_number(environment, "REDIS_TIMEOUT_MS", 50) / 1000,
            log_level=environment.get("LOG_LEVEL", "info").lower(),
            certificate=_certificate(environment),
            authority=tls.authority(environment),
            tracing=_tracing(environment),
        )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise SettingError(f"{name} is not set")
    return value


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, str(default))
    if not value.isdecimal():
        raise SettingError(f"{name} must be a whole number, is {value!r}")
    return int(value)


def _tracing(environment: Mapping[str, str]) -> traces.Tracing:
    try:
        return traces.read(environment, tls.authority(environment))
    except traces.TracingError as error:
        raise SettingError(str(error)) from None


def _certificate(environment: Mapping[str, str]) -> tls.Certificate | None:
    try:
        return tls.certificate(environment)
    except ValueError as error:
        raise SettingError(str(error)) from None


def _secret(environment: Mapping[str, str], name: str) -> Secret:
    file = environment.get(f"{name}_FILE", "")
    if not file:
        return Secret(_required(environment, name))
    try:
        text = Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE {file} cannot be read: {error.strerror}") from error
    if not text:
        raise SettingError(f"{name}_FILE {file} is empty")
    return Secret(text)
