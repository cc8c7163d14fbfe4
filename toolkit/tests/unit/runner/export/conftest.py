"""What tests of the export share: a data folder, and a store of telemetry that answers in it."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from groundplan.runner import folders as made
from groundplan.runner import identity, record

KEY = "telemetrykey0123456789"
PAGES = {
    "/traces": {"items": [{"trace_id": "ab"}], "next": None},
    "/traces/ab": {"trace_id": "ab", "spans": []},
    "/api/v1/label/job/values": {"data": ["backend"]},
    "/api/v1/query_range": {"data": {"result": [{"metric": {"job": "backend"}, "values": []}]}},
}
"""What the store answers; to all other questions an empty object."""


@pytest.fixture
def run(tmp_path):
    """Return the folders of a run that has settings and keys."""
    found = made.locate(tmp_path / "data", tmp_path)
    made.make(found)
    (tmp_path / "data/secrets/telemetry-key").write_text(KEY)
    return found


@pytest.fixture
def telemetry(run):
    """Serve a store that the run's settings name; it notes what it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            server.asked.append((parts.path, parse_qs(parts.query)))
            server.keys.add(self.headers["authorization"])
            self.send_response(server.answers)
            self.end_headers()
            self.wfile.write(json.dumps(_page(parts)).encode())

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.keys, server.answers = [], set(), 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _name(run, server.server_port, os.getpid())
    yield server
    server.shutdown()
    server.server_close()


def _page(parts):
    """Return the answer to a question; lines come in two pages."""
    if parts.path == "/logs":
        first = "after" not in parse_qs(parts.query)
        return {"items": [{"message": "1" if first else "2"}], "next": "x" if first else None}
    return PAGES.get(parts.path, {})


def _name(run, port, pid):
    """Write down where the store listens, and that it runs."""
    settings = made.Path(run.config, "telemetry/settings.json")
    settings.parent.mkdir()
    settings.write_text(json.dumps({"listen": {"host": "127.0.0.1", "port": port}}))
    kept = record.Kept("telemetry", 1, pid, identity.of(pid), "", 0, port, "", 0, "SIGTERM", 1.0)
    record.keep(made.Path(run.run, "processes.json"), [kept])
