"""The real store of one machine with a few signals in it, and a replica that asks it."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

KEY = "c3" * 32
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_SOURCES = [str(path) for path in Path(__file__).parents[4].glob("*/src")]
_RULES = """
groups:
  - name: objectives
    rules:
      - {record: slo:objective:ratio, expr: vector(0.999), labels: {slo: api, service: gateway}}
      - {record: slo:error_ratio:rate1h, expr: vector(0.002), labels: {slo: api, service: gateway}}
      - record: slo:error_budget:remaining_ratio
        expr: vector(0.5)
        labels: {slo: api, service: gateway}
      - alert: ServiceDown
        expr: absent(up{job="gone"} == 1)
        labels: {severity: page, service: gone}
        annotations: {summary: gone is down, runbook: docs/runbooks/ServiceDown.md}
"""


@dataclass
class Store:
    """The store's process, and what was put into it."""

    url: str
    process: subprocess.Popen[bytes]
    at: float = field(default_factory=time.time)

    def post(self, path: str, body: object) -> None:
        """Send OTLP as JSON."""
        answer = httpx.post(
            self.url + path, json=body, headers={"authorization": f"Bearer {KEY}"}, timeout=10
        )
        assert answer.status_code == 200, answer.text

    def nanos(self, seconds: float) -> str:
        """Return a time of so many seconds after the test began, as OTLP writes it."""
        return str(int((self.at + seconds) * 1e9))

    def spans(self) -> None:
        """Put a trace of two services and one with an error in."""
        first = self._span("00f067aa0ba902b7", "", "GET", 0.0, 0.05, {"url.path": "/x"})
        second = self._span(
            "00f067aa0ba902b8",
            "00f067aa0ba902b7",
            "GET /x",
            0.01,
            0.04,
            {"http.route": "/x"},
        )
        failed = self._span("00f067aa0ba902b9", "", "POST", 1.0, 0.2, {}, trace="e" * 32, code=2)
        self.post(
            "/v1/traces", {"resourceSpans": [_of("frontend", "scopeSpans", [first, failed])]}
        )
        self.post("/v1/traces", {"resourceSpans": [_of("backend", "scopeSpans", [second])]})

    def line(
        self, message: str, level: str = "INFO", trace: str = "", service: str = "backend"
    ) -> None:
        """Put a line in."""
        record = {
            "timeUnixNano": str(time.time_ns()),
            "severityText": level,
            "severityNumber": {"INFO": 9, "WARN": 13, "ERROR": 17}[level],
            "body": {"stringValue": message},
            "traceId": trace,
            "attributes": [{"key": "job", "value": {"stringValue": "mail"}}],
        }
        self.post("/v1/logs", {"resourceLogs": [_of(service, "scopeLogs", [record])]})

    def _span(
        self,
        number: str,
        parent: str,
        name: str,
        start: float,
        took: float,
        attributes: dict[str, str],
        trace: str = TRACE,
        code: int = 0,
    ) -> dict[str, Any]:
        return {
            "traceId": trace,
            "spanId": number,
            "parentSpanId": parent,
            "name": name,
            "kind": 2,
            "startTimeUnixNano": self.nanos(start),
            "endTimeUnixNano": self.nanos(start + took),
            "attributes": [
                {"key": key, "value": {"stringValue": value}} for key, value in attributes.items()
            ],
            "status": {"code": code},
        }


def _of(service: str, scope: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    records_name = "spans" if scope == "scopeSpans" else "logRecords"
    told = {"service.name": service, "service.instance.id": f"{service}-1"}
    attributes = [{"key": key, "value": {"stringValue": value}} for key, value in told.items()]
    return {"resource": {"attributes": attributes}, scope: [{records_name: records}]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@pytest.fixture(scope="session")
def figures() -> Iterator[str]:
    """Somebody whose requests go well, ten more each time that he is asked."""
    told = iter(range(10, 1_000_000, 10))

    class Handler(BaseHTTPRequestHandler):
        """Answers with one counter."""

        def do_GET(self) -> None:
            """Count on."""
            self.send_response(200)
            self.send_header("content-type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(
                b"# TYPE http_server_request_duration_seconds histogram\n"
                b'http_server_request_duration_seconds_count{status="200"} %d\n' % next(told)
            )

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/metrics"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, figures: str) -> Iterator[Store]:
    """A store that measures somebody, and one who is not there."""
    folder, port = tmp_path_factory.mktemp("store"), _free_port()
    (folder / "key").write_text(KEY)
    (folder / "rules.yaml").write_text(_RULES)
    url = f"http://127.0.0.1:{port}"
    settings = {
        "listen": {"port": port},
        "folder": str(folder / "data"),
        "key_file": str(folder / "key"),
        "scrape": [
            {"job": "shop", "instance": "shop-1", "url": figures, "interval": 0.5},
            {
                "job": "gone",
                "instance": "gone-1",
                "url": "http://127.0.0.1:9/metrics",
                "interval": 0.5,
            },
        ],
        "rules": [str(folder / "rules.yaml")],
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(_SOURCES)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "groundplan_telemetry", "serve", str(folder / "settings.json")],
            env=environment,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,
        )
    made = Store(url, process)
    try:
        _until_live(url, process, folder / "log")
        made.spans()
        made.line("mail sent")
        made.line("job failed", "WARN", TRACE)
        made.line("told of it", service="frontend")
        yield made
    finally:
        process.kill()
        process.wait()


def _until_live(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{url}/healthz/ready", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.02)
    raise TimeoutError(log.read_text())


@pytest.fixture
def place(store: Store) -> Any:
    """The store, as the backend asks it."""
    from groundplan_backend.telemetry.ask import Place

    return Place(store.url, f"Bearer {KEY}")


@pytest.fixture(scope="session")
def console(store: Store, lasting_stack: Any) -> Any:
    """A replica that is told where the store is."""
    return lasting_stack.replica(
        METRICS_URL=store.url,
        TRACES_URL=store.url,
        LOGS_URL=store.url,
        TELEMETRY_KEY=KEY,
        SCRAPE_INTERVAL="1",
    )


@pytest.fixture
def get(console: Any) -> Callable[..., httpx.Response]:
    """Read below `/api/v1/telemetry`, as a viewer unless another role is named."""

    def read(path: str, role: str = "viewer", **query: Any) -> httpx.Response:
        headers = console.as_caller(role, str(uuid.uuid4()))
        with console.client(headers) as client:
            answer: httpx.Response = client.get(f"/api/v1/telemetry/{path}", params=query)
            return answer

    return read


@pytest.fixture(scope="session")
def paths() -> tuple[str, ...]:
    """All that asks for signals, below `/api/v1/telemetry`."""
    return (
        "overview",
        "charts/connections",
        "objectives",
        "alerts",
        "traces",
        "traces/" + "a" * 32,
        "services",
        "graph",
        "logs",
        "logs/follow",
    )
