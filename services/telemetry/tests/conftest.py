"""What tests of the telemetry store share: records, an empty store, and requests to its parts."""

import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from groundplan_telemetry.disk.shelf import Bounds, Shelf
from groundplan_telemetry.http.request import Request, parameters
from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.logs.table import LineTable
from groundplan_telemetry.records.line import INFO, Line
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.records.span import Kind, Span
from groundplan_telemetry.settings import Listen, Settings
from groundplan_telemetry.state import State
from groundplan_telemetry.traces.edges import Edges
from groundplan_telemetry.traces.table import SpanTable

KEY = "the-stores-key"


class Headers:
    """The headers of a request."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def get(self, key: str, default: str = "") -> str:
        """Return a header's value."""
        return self._values.get(key, default)


@pytest.fixture
def headers() -> type[Headers]:
    """Return what makes the headers of a request."""
    return Headers


@pytest.fixture
def now() -> int:
    """Return the time in microseconds."""
    return time.time_ns() // 1000


@pytest.fixture
def span(now: int) -> Callable[..., Span]:
    """Return what makes a span; `number` tells it from others."""

    def made(number: int = 1, trace: int = 1, parent: int = 0, **changes: Any) -> Span:
        known: dict[str, Any] = {
            "trace": trace.to_bytes(16, "big"),
            "span": number.to_bytes(8, "big"),
            "parent": parent.to_bytes(8, "big") if parent else b"",
            "source": Source(changes.pop("service", "backend"), "backend-1"),
            "name": "GET /api/v1/me",
            "kind": Kind.SERVER,
            "start": now,
            "duration": 1000,
            "failed": False,
            "attributes": {},
        }
        return Span(**{**known, **changes})

    return made


@pytest.fixture
def line(now: int) -> Callable[..., Line]:
    """Return what makes a line."""

    def made(message: str = "hello", service: str = "backend", **changes: Any) -> Line:
        known: dict[str, Any] = {
            "time": now,
            "source": Source(service, f"{service}-1"),
            "level": INFO,
            "message": message,
            "trace": b"",
            "span": b"",
            "attributes": {},
        }
        return Line(**{**known, **changes})

    return made


@pytest.fixture
def books(tmp_path: Path) -> Ledger:
    """Return empty books."""
    return Ledger(tmp_path)


@pytest.fixture
def spans(tmp_path: Path, books: Ledger) -> Iterator[Shelf[Span]]:
    """Return an empty shelf of spans."""
    edges = Edges({"postgresql": "database", "redis": "cache"})
    shelf = Shelf("traces", tmp_path, Bounds(64 << 20, 3600.0), SpanTable(edges), books)
    yield shelf
    shelf.close()


@pytest.fixture
def lines(tmp_path: Path, books: Ledger) -> Iterator[Shelf[Line]]:
    """Return an empty shelf of lines."""
    shelf = Shelf("logs", tmp_path, Bounds(64 << 20, 3600.0), LineTable(), books)
    yield shelf
    shelf.close()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Return a file with the store's key."""
    file = tmp_path / "key"
    file.write_text(KEY)
    return file


@pytest.fixture
def settings(tmp_path: Path, key_file: Path) -> Settings:
    """Return settings with nothing to collect."""
    folder = str(tmp_path / "telemetry")
    return Settings(listen=Listen(port=1), folder=folder, key_file=str(key_file))


@pytest.fixture
async def state(settings: Settings) -> AsyncIterator[State]:
    """Return the state of an empty store."""
    made = State(settings)
    yield made
    made.close()


@pytest.fixture
def request_of() -> Callable[..., Request]:
    """Return what makes a request; `told` are its headers."""

    def made(
        method: str = "GET",
        path: str = "/",
        query: str = "",
        body: bytes = b"",
        parts: Mapping[str, str] | None = None,
        **told: str,
    ) -> Request:
        known = Headers({name.replace("_", "-"): value for name, value in told.items()})
        given = parameters(query, known, body)
        return Request(method, path, given, known, body, parts or {})

    return made


@pytest.fixture
def otlp_spans(now: int) -> Callable[..., bytes]:
    """Return what writes spans as OpenTelemetry's JSON; one for each mapping of changes."""

    def made(*changes: Mapping[str, Any], service: str = "backend") -> bytes:
        usual = {
            "traceId": "0af7651916cd43dd8448eb211c80319c",
            "spanId": "b7ad6b7169203331",
            "name": "GET /api/v1/me",
            "kind": 2,
            "startTimeUnixNano": str(now * 1000),
            "endTimeUnixNano": str(now * 1000 + 2_500_000),
        }
        return json.dumps(
            {
                "resourceSpans": [
                    {
                        "resource": {"attributes": [_pair("service.name", service)]},
                        "scopeSpans": [{"spans": [{**usual, **each} for each in changes]}],
                    }
                ]
            }
        ).encode()

    return made


def _pair(key: str, text: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": text}}
