"""A real Envoy calls only whom it knows by name, and takes up a new certificate as it runs."""

import ctypes
import http.client
import http.server
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from groundplan.loader import load
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.runner.certificate import provide
from groundplan.targets import gateway
from groundplan.tools import envoy

ROOT = Path(__file__).resolve().parents[5]
OPEN = "/api/v1/openapi.json"
"""A path that asks nobody who calls."""
NAMES = ("gateway", "authz", "backend")


class _Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer that all is well, whatever is asked."""
        body = b'{"keys":[]}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Keep the output for failures."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers that end the handshake are part of the tests."""


@contextmanager
def _serving(shown: Path | None) -> Iterator[int]:
    """Serve with a certificate, or without encryption; yield the port."""
    server = _Server(("127.0.0.1", 0), _Answer)
    if shown:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown / "tls.crt", shown / "tls.key")
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Running:
    """An Envoy between a caller and two services."""

    folder: Path
    port: int

    def ask(self, authority: str = "own") -> int:
        """Return the status of an open path, asked over TLS."""
        context = ssl.create_default_context(cafile=self.folder / authority / "ca.crt")
        caller = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=5, context=context)
        try:
            caller.request("GET", OPEN)
            return caller.getresponse().status
        finally:
            caller.close()

    def shown(self) -> bytes | None:
        """Return the certificate that callers are shown."""
        context = ssl.create_default_context(cafile=self.folder / "own" / "ca.crt")
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=5) as call,
            context.wrap_socket(call, server_hostname="gateway") as spoken,
        ):
            return spoken.getpeercert(binary_form=True)


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.05)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Return what starts an Envoy before services that show what they are told to show."""
    for folder in ("own", "other"):
        provide(tmp_path / folder, NAMES)
    with ExitStack() as stack:

        def started(**shown: str | None) -> Running:
            ports = {"gateway": _free_port()}
            for name in NAMES[1:]:
                chosen = shown.get(name, f"own/{name}")
                server = _serving(tmp_path / chosen if chosen else None)
                ports[name] = stack.enter_context(server)
            stack.callback(_end, _envoy(tmp_path, ports))
            running = Running(tmp_path, ports["gateway"])
            _until(lambda: _listens(running.port))
            return running

        yield started


def _envoy(folder: Path, ports: dict[str, int]) -> "subprocess.Popen[bytes]":
    endpoints = (Endpoint(name, 1, Address("127.0.0.1", port)) for name, port in ports.items())
    placement = Placement(
        Discovery.FILES,
        tuple(endpoints),
        str(folder / "config"),
        str(folder),
        f"https://127.0.0.1:{ports['gateway']}",
        certificate_folder=str(folder / "own"),
    )
    for file in gateway.render(load(ROOT / "platform.yaml", "local"), placement):
        path = folder / "config" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    key = folder / "config/secrets/authz.gateway-key"
    key.parent.mkdir()
    key.write_text("k" * 64)
    bootstrap = folder / "config/gateway-1/envoy.json"
    words = ("--concurrency", "1", "--disable-hot-restart", "--log-level", "warning")
    return subprocess.Popen(
        [envoy.find().path, "-c", bootstrap, *words],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "envoy.log").open("wb"),
        preexec_fn=_die_with_parent,
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as call:
        return call.connect_ex(("127.0.0.1", port)) == 0


def test_known_services_are_called(run: Callable[..., Running]) -> None:
    """Where everybody shows what belongs to its name a request is answered."""
    running = run()
    _until(lambda: running.ask() == 200)


@pytest.mark.parametrize("service", ["authz", "backend"])
@pytest.mark.parametrize(
    "shown",
    ["own/gateway", "other/{}", None],
    ids=["another name", "another authority", "no encryption"],
)
def test_strangers_are_not_called(
    run: Callable[..., Running], service: str, shown: str | None
) -> None:
    """A service of another name, of an unknown authority or without TLS gets no request."""
    running = run(**{service: shown.format(service) if shown else None})
    _until(lambda: running.ask() == 503)
    assert [503] * 5 == [running.ask() for _ in range(5)]


def test_callers_come_in_over_tls_only(run: Callable[..., Running]) -> None:
    """Plain HTTP gets no answer, and who believes another authority ends the call."""
    running = run()
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as plain:
        plain.sendall(f"GET {OPEN} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert b"HTTP/" not in plain.recv(4096)
    with pytest.raises(ssl.SSLCertVerificationError):
        running.ask(authority="other")


def test_a_new_certificate_is_taken_up_as_it_runs(
    run: Callable[..., Running], tmp_path: Path
) -> None:
    """After the files were replaced callers are shown the new one; nothing was restarted."""
    running = run()
    before = running.shown()
    (tmp_path / "own/gateway/tls.crt").unlink()
    provide(tmp_path / "own", NAMES)
    _until(lambda: running.shown() != before)
    _until(lambda: running.ask() == 200)
