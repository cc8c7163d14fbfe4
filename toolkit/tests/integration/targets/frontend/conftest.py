"""A real nginx from the rendered configuration, in front of gateways that do as they are told."""

import http.client
import http.server
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from groundplan.loader import load
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.targets import frontend
from groundplan.tools import nginx

ROOT = Path(__file__).resolve().parents[5]
GUARD = """
import os, signal, sys
groups = [int(line) for line in sys.stdin]
for group in groups:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
"""
"""Ends every group of processes it was told of once the tests are gone, however they went."""


class Gateway(http.server.ThreadingHTTPServer):
    """Answers what the path asks for and remembers what it was asked."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, shown: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        if shown:  # each handshake is its own thread's work
            self.socket = shown.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.seen: list[tuple[str, str]] = []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that hang up are part of the tests."""

    def times(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(1 for _, each in self.seen if each == path)


class Answer(http.server.BaseHTTPRequestHandler):
    """`/api/status/503` answers 503, `/api/close` hangs up, everything else echoes."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        """Answer any method."""
        length = int(self.headers.get("content-length") or 0)
        self.rfile.read(length)
        self.server.seen.append((self.command, self.path))  # type: ignore[attr-defined]
        if self.path == "/api/close":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status = int(self.path.rsplit("/", 1)[1]) if self.path.startswith("/api/status/") else 200
        told = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}}
        self._send(status, json.dumps(told).encode())

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-frame-options", "ALLOWALL")
        if self.path == "/api/docs":
            self.send_header("content-security-policy", "default-src 'self'")
            self.send_header("cache-control", "public, max-age=60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Keep the output for failures."""


@dataclass
class Site:
    """One or more nginx replicas on one shared socket."""

    folder: Path
    listener: socket.socket
    gateways: list[Gateway]
    guard: subprocess.Popen[bytes]
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    public_url: str = ""
    certificates: str = ""
    """The folder of certificates; empty where nothing is encrypted."""
    sampling: float = 1.0
    """The share of requests whose spans are kept."""

    @property
    def port(self) -> int:
        """Return the port that all replicas accept on."""
        return int(self.listener.getsockname()[1])

    def placement(self, *draining: int) -> Placement:
        """Place two frontends and the gateways."""
        at = Address("127.0.0.1", self.port)
        ports = [gateway.server_address[1] for gateway in self.gateways]
        return Placement(
            discovery=Discovery.FILES,
            endpoints=(
                *(Endpoint("frontend", replica, at) for replica in (1, 2)),
                *(
                    Endpoint("gateway", number, Address("127.0.0.1", port), number in draining)
                    for number, port in enumerate(ports, 1)
                ),
            ),
            config_folder=str(self.folder / "config"),
            run_folder=str(self.folder),
            public_url=self.public_url or f"http://127.0.0.1:{self.port}",
            certificate_folder=self.certificates,
        )

    def write(self, *draining: int) -> None:
        """Write the configuration as it is now."""
        platform = load(ROOT / "platform.yaml", "local")
        traces = platform.observability.traces.model_copy(update={"sampling": self.sampling})
        told = platform.observability.model_copy(update={"traces": traces})
        platform = platform.model_copy(update={"observability": told})
        for file in frontend.render(platform, self.placement(*draining)):
            path = self.folder / "config" / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content)

    def start(self, replica: int) -> None:
        """Start a replica on the shared socket and wait until it answers."""
        number = self.listener.fileno()
        log = (self.folder / f"{replica}.log").open("ab")
        self.processes[replica] = subprocess.Popen(
            [*command(self.folder / f"config/frontend-{replica}/nginx.conf")],
            env={"NGINX": f"{number};"},
            pass_fds=(number,),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        assert self.guard.stdin
        self.guard.stdin.write(b"%d\n" % self.processes[replica].pid)
        self.guard.stdin.flush()
        until(lambda: self.health(replica) == 200)

    @staticmethod
    def until(true: Callable[[], bool], seconds: float) -> None:
        """Wait until something is true."""
        until(true, seconds)

    def health(self, replica: int) -> int:
        """Ask a replica on its own socket."""
        placement = self.placement()
        path = frontend.health_socket(placement, placement.replica("frontend", replica))
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(path)
            except OSError:
                return 0
            asked.sendall(b"GET /healthz/ready HTTP/1.0\r\n\r\n")
            return int(asked.recv(4096).split()[1])

    def stop(self, replica: int) -> int:
        """Ask a replica to finish and return how it ended."""
        process = self.processes.pop(replica)
        process.send_signal(signal.SIGQUIT)
        return process.wait(20)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Make one request; return status, headers (lower case) and body."""
        connection = self._connection()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        read = answer.read()
        connection.close()
        return answer.status, found, read

    def _connection(self) -> http.client.HTTPConnection:
        if not self.certificates:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        believed = ssl.create_default_context(cafile=f"{self.certificates}/ca.crt")
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=believed)


def command(settings: Path) -> list[str]:
    """Return how nginx is started; root stays root, as nobody else may read the test's folder."""
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    return [
        str(nginx.find().path),
        "-p",
        str(settings.parent),
        "-c",
        str(settings),
        "-e",
        "stderr",
        *user,
    ]


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something is true.

    Raises:
        TimeoutError: it did not become true in time.
    """
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


@pytest.fixture
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Make sites with a built page, an asset and two gateways; they end with the test."""
    made: list[Site] = []

    def make(
        *,
        public_url: str = "",
        replicas: int = 1,
        certificates: str = "",
        shown: ssl.SSLContext | None = None,
        sampling: float = 1.0,
    ) -> Site:
        folder = tmp_path_factory.mktemp("fe")
        (folder / "site/assets").mkdir(parents=True)
        (folder / "site/index.html").write_text("<!doctype html><title>console</title>")
        (folder / "site/assets/app-1a2b3c.js").write_text("export const words = 'much';" * 200)
        (folder / "site/favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        (folder / "public-status.json").write_text('{"state":"ready"}')
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        listener.setblocking(False)  # nginx leaves inherited sockets as they are
        guard = subprocess.Popen(
            [sys.executable, "-c", GUARD], stdin=subprocess.PIPE, start_new_session=True
        )
        gateways = [Gateway(shown), Gateway(shown)]
        site = Site(
            folder,
            listener,
            gateways,
            guard,
            public_url=public_url,
            certificates=certificates,
            sampling=sampling,
        )
        made.append(site)
        site.write()
        for replica in range(1, replicas + 1):
            site.start(replica)
        return site

    yield make
    for site in made:
        site.guard.communicate()
        for process in site.processes.values():
            process.wait()
        site.listener.close()
        for gateway in site.gateways:
            gateway.shutdown()
            gateway.server_close()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """Return a site with one replica."""
    return make_site()


@pytest.fixture
def check_settings() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """Return what asks the real nginx whether a configuration is right."""

    def check(settings: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command(settings), "-t"], capture_output=True, text=True, timeout=20, check=False
        )

    return check
