"""Where spans go and which are kept, by OpenTelemetry's own variables and three beside them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
HEADERS: Final = "OTEL_EXPORTER_OTLP_HEADERS"
SERVICE: Final = "OTEL_SERVICE_NAME"
RESOURCE: Final = "OTEL_RESOURCE_ATTRIBUTES"
KEY_FILE: Final = "TRACES_KEY_FILE"
"""The file of the key that the store wants, for whoever does not name it among the headers."""
SLOW: Final = "TRACES_SLOW_MS"
MOST: Final = "TRACES_PER_SECOND"
_SLOW: Final = 1000
_MOST: Final = 200


class TracingError(Exception):
    """A setting cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """What a process was told of traces; without an endpoint it keeps none."""

    endpoint: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    resource: Mapping[str, str] = field(default_factory=dict)
    slow: float = _SLOW / 1000
    """Seconds from which on the span of a request is kept though it was not sampled."""
    per_second: int = _MOST
    """Requests whose spans are kept at the most; the rest is counted as dropped."""
    authority: Path | None = None
    """Whom the store must be vouched for by, where it is called with https."""

    @property
    def is_on(self) -> bool:
        """Whether there is anywhere to send spans to."""
        return bool(self.endpoint)


def read(environment: Mapping[str, str], authority: Path | None = None) -> Tracing:
    """Read the settings.

    Raises:
        TracingError: the address is none, a number is none, or the key's file cannot be read.
    """
    return Tracing(
        endpoint=_endpoint(environment.get(ENDPOINT, "")),
        headers=_headers(environment),
        resource={
            "service.name": environment.get(SERVICE, "unknown_service"),
            **_pairs(environment.get(RESOURCE, "")),
        },
        slow=_number(environment, SLOW, _SLOW) / 1000,
        per_second=int(_number(environment, MOST, _MOST)),
        authority=authority,
    )


def _endpoint(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TracingError(f"{ENDPOINT}: must be an address such as http://127.0.0.1:4318")
    return text.rstrip("/")


def _headers(environment: Mapping[str, str]) -> dict[str, str]:
    headers = _pairs(environment.get(HEADERS, ""))
    file = environment.get(KEY_FILE, "")
    if file:
        try:
            key = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise TracingError(f"{KEY_FILE}: {file} cannot be read: {error.strerror}") from error
        headers["authorization"] = f"Bearer {key}"
    return headers


def _pairs(text: str) -> dict[str, str]:
    """Read `a=b,c=d`; values are encoded as in a URL."""
    pairs = (each.partition("=") for each in text.split(",") if "=" in each)
    return {name.strip(): unquote(value.strip()) for name, _, value in pairs}


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not number >= 0:
        raise TracingError(f"{name}: must be a number, 0 or more, is {text!r}")
    return number
