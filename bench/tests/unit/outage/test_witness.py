"""What is left behind is read from figures, and from what a store says of itself."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bench.outage import witness
from bench.outage.witness import FAILED, Senders, Shown

SERVICE = """
tracing_spans_total{outcome="sent"} 10
tracing_spans_total{outcome="queue_full"} 3
other_total{outcome="sent"} 99
"""
GATEWAY = """
envoy_cluster_upstream_rq_timeout{envoy_cluster_name="telemetry"} 2
envoy_cluster_upstream_cx_connect_fail{envoy_cluster_name="telemetry"} 5
envoy_cluster_upstream_rq_timeout{envoy_cluster_name="backend"} 99
"""
GAPS = [
    {"signal": "all", "reason": "stopped", "from": "1970-01-01T00:01:40Z", "to": each}
    for each in ("1970-01-01T00:02:00Z", "1970-01-01T00:01:41Z")
]

Serve = Callable[[dict[str, str]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve texts by path until the test has ended."""
    servers = []

    def start(texts: dict[str, str]) -> str:
        class Handler(BaseHTTPRequestHandler):
            """Answers by path."""

            def do_GET(self) -> None:
                """Answer."""
                self.send_response(200)
                self.end_headers()
                self.wfile.write(texts[self.path.partition("?")[0]].encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_spans_count_by_outcome_and_gateways_by_exports(serve: Serve) -> None:
    """Of all services and gateways together; what goes elsewhere does not count."""
    url = serve({"/metrics": SERVICE, "/stats": GATEWAY})
    senders = Senders([f"{url}/metrics"] * 2, [f"{url}/stats"])
    assert {"sent": 20, "queue_full": 6, FAILED: 7} == senders.counts()
    assert 20 == senders.sent()


def status(folder: Path) -> dict[str, Any]:
    """Return what a platform with one gateway says of itself."""
    (folder / "secrets").mkdir()
    (folder / "secrets/telemetry-key").write_text("key")
    (folder / "config/gateway-1").mkdir(parents=True)
    at = {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9901}}}
    envoy = {"static_resources": {"listeners": [{}, at]}}
    (folder / "config/gateway-1/envoy.json").write_text(json.dumps(envoy))
    kinds = {"gateway": "gateway", "authz": "authorization", "cache": "cache"}
    return {
        "data": str(folder),
        "components": [
            {"name": name, "kind": kind, "replica": 1, "port": 7} for name, kind in kinds.items()
        ],
    }


def test_senders_are_found_in_the_status(tmp_path: Path) -> None:
    """Services where they listen, gateways where they show their statistics."""
    assert Senders(
        ["http://127.0.0.1:7/metrics"], ["http://127.0.0.1:9901/stats/prometheus"]
    ) == witness.senders_of(status(tmp_path))


def test_a_store_says_how_it_shows_a_time(serve: Serve, tmp_path: Path) -> None:
    """The samples that it has, and the gaps that touch the time."""
    series = {"data": {"result": [{"values": [[1, "1"], [2, "1"]]}, {"values": [[1, "1"]]}]}}
    url = serve({"/api/v1/query": json.dumps(series), "/state": json.dumps({"gaps": GAPS})})
    shown = witness.shown(status(tmp_path), url, 105.0, 110.0)
    assert Shown(samples=3, gaps=["all: stopped"]) == shown
