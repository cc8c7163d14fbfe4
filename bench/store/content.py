"""What is sent: traces of eight spans through four services, and lines of requests."""

import gzip
import random
import time
from collections.abc import Iterator
from typing import Any, Final

import msgspec

SERVICES: Final = ("frontend", "gateway", "authz", "backend")
ROUTES: Final = (
    "/api/v1/identity/me",
    "/api/v1/catalog/services",
    "/api/v1/artifacts",
    "/api/v1/delivery/events",
)
SERVER, CLIENT = 2, 3
WAY: Final = (
    ("frontend", SERVER, "GET", None),
    ("gateway", SERVER, "GET", 0),
    ("gateway", CLIENT, "authz check", 1),
    ("authz", SERVER, "check", 2),
    ("authz", CLIENT, "EVALSHA", 3),
    ("backend", SERVER, "GET {route}", 1),
    ("backend", CLIENT, "SELECT services", 5),
    ("backend", CLIENT, "GET", 5),
)
"""Of each span of a trace: service, kind, name, and which one is its parent."""
FAILING: Final = 0.01


class Content:
    """Draws the same records in every run, but for their times."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def exports(self, traces: int) -> Iterator[bytes]:
        """Yield a request for each service, gzip, that together hold so many traces."""
        spans: dict[str, list[dict[str, Any]]] = {service: [] for service in SERVICES}
        now = time.time_ns()
        for _ in range(traces):
            for service, span in self._trace(now):
                spans[service].append(span)
        for service, each in spans.items():
            yield gzip.compress(msgspec.json.encode(_export(service, each)), 1)

    def lines(self, count: int) -> bytes:
        """Return lines of an access log."""
        return b"".join(msgspec.json.encode(self._line()) + b"\n" for _ in range(count))

    def _trace(self, now: int) -> Iterator[tuple[str, dict[str, Any]]]:
        trace, route = self._hex(16), self._random.choice(ROUTES)
        spans = [self._hex(8) for _ in WAY]
        fails = self._random.random() < FAILING
        for own, (service, kind, name, parent) in zip(spans, WAY, strict=True):
            took = int(self._random.lognormvariate(1.5, 1) * 1e6)
            yield (
                service,
                {
                    "traceId": trace,
                    "spanId": own,
                    "parentSpanId": "" if parent is None else spans[parent],
                    "name": name.format(route=route),
                    "kind": kind,
                    "startTimeUnixNano": str(now - took),
                    "endTimeUnixNano": str(now),
                    "attributes": self._attributes(kind, route),
                    "status": {"code": 2 if fails and service == "backend" else 0},
                },
            )

    def _attributes(self, kind: int, route: str) -> list[dict[str, Any]]:
        if kind == CLIENT:
            told: dict[str, str | int] = {"db.system.name": "postgresql", "server.port": 5432}
        else:
            told = {
                "http.request.method": "GET",
                "http.route": route,
                "http.response.status_code": 200,
                "http.request.id": self._hex(8),
                "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64)",
            }
        return [_pair(key, each) for key, each in {**told, "server.address": "127.0.0.1"}.items()]

    def _line(self) -> dict[str, Any]:
        return {
            "time": time.time(),
            "level": "info",
            "message": "access",
            "method": "GET",
            "path": self._random.choice(ROUTES),
            "status": 200,
            "duration_ms": round(self._random.random() * 9, 3),
            "request_id": self._hex(16),
            "trace_id": self._hex(16),
            "span_id": self._hex(8),
        }

    def _hex(self, length: int) -> str:
        return self._random.randbytes(length).hex()


def _export(service: str, spans: list[dict[str, Any]]) -> dict[str, Any]:
    who = [_pair("service.name", service), _pair("service.instance.id", f"{service}-1")]
    return {"resourceSpans": [{"resource": {"attributes": who}, "scopeSpans": [{"spans": spans}]}]}


def _pair(key: str, value: str | int) -> dict[str, Any]:
    kind = {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}
    return {"key": key, "value": kind}
