"""The process' settings: one JSON file that the runner renders. Secrets are named by file."""

from pathlib import Path
from typing import Annotated, Self

import msgspec

Positive = Annotated[float, msgspec.Meta(gt=0)]


class SettingError(Exception):
    """The file of the settings, or one that it names, says nothing usable."""


class Secret(str):
    """A text that must never be shown; `str()` of it is the text, its repr is not."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "[redacted]"


class Listen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where it answers, and what it shows to callers; without files it speaks unencrypted."""

    host: str = "127.0.0.1"
    port: int
    certificate: str = ""
    private_key: str = ""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all signals together may take: bytes on disk, seconds of age."""

    size: Positive = float(1 << 30)
    keep: Positive = 259200.0


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place whose metrics are collected; `interval` is in seconds."""

    job: str
    instance: str
    url: str
    interval: Positive = 5.0
    labels: dict[str, str] = {}
    authority: str = ""
    """The file of who vouches for it, where it speaks TLS."""
    key_file: str = ""
    """Holds the key that it wants, if any."""


class Exporter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a built-in exporter asks: a file with an address, an address, or a folder."""

    job: str
    instance: str
    url_file: str = ""
    """Holds the address with its password: PostgreSQL's and Redis'."""
    url: str = ""
    """Where an nginx says that it lives."""
    folder: str = ""
    """On the disk that the host's exporter watches."""
    authority: str = ""
    interval: Positive = 5.0
    labels: dict[str, str] = {}


class LogFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One log to follow; `format` is json, postgres, redis or text."""

    service: str
    replica: str
    path: str
    format: str = "json"


class Receiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is told of alerts: his addresses, and the file of the key that opens them."""

    urls: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """One is told; the next where it cannot be reached."""
    key_file: str
    authority: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the process was told."""

    listen: Listen
    folder: str
    key_file: str
    send_key_file: str = ""
    """Of a key that lets records in, and nobody see what is kept."""
    limits: Limits = Limits()
    environment: str = "local"
    log_level: str = "info"
    peers: dict[str, str] = {}
    """By database system: the component that answers for it."""
    external_labels: dict[str, str] = {}
    scrape: tuple[Target, ...] = ()
    postgres: Exporter | None = None
    redis: Exporter | None = None
    nginx: tuple[Exporter, ...] = ()
    host: Exporter | None = None
    logs: tuple[LogFile, ...] = ()
    slow: Positive = 1.0
    """Seconds after which the line of a request that was not sampled is a span all the same."""
    rules: tuple[str, ...] = ()
    """Files in Prometheus' format."""
    alerts: Receiver | None = None

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read the settings.

        Raises:
            SettingError: the file cannot be read, or says nothing usable.
        """
        try:
            return msgspec.json.decode(file.read_bytes(), type=cls)
        except OSError as error:
            raise SettingError(f"{file} cannot be read: {error.strerror}") from error
        except msgspec.DecodeError as error:
            raise SettingError(f"{file}: {error}") from error


def secret(file: str) -> Secret:
    """Return what a file with a secret holds.

    Raises:
        SettingError: it cannot be read, or is empty.
    """
    try:
        text = Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{file} cannot be read: {error.strerror}") from error
    if not text:
        raise SettingError(f"{file} is empty")
    return Secret(text)
