"""The running platform as the stack tests see it: the command, its status, its HTTP."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
from patient import patient
from steady import is_encrypted

REPOSITORY = Path(__file__).resolve().parents[2]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stack:
    """One platform that `./run up --detach` started."""

    data: Path
    file: Path

    def run(self, *words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a `./run` command on this platform; one that hangs is ended after `timeout`."""
        argv = [str(REPOSITORY / "run"), words[0], "--data", str(self.data), *words[1:]]
        return subprocess.run(argv, capture_output=True, text=True, timeout=timeout, check=False)

    def up(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Start it and wait until it is ready."""
        return self.run("up", "--detach", "--file", str(self.file), *words, timeout=600)

    def status(self) -> dict[str, Any]:
        """Return what `status --json` prints."""
        printed: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return printed

    def is_ready(self) -> bool:
        """Tell whether people are served; `status` does not wait for the telemetry store."""
        return self.run("status").returncode == 0

    def late(self) -> list[str]:
        """Return what is not ready, the telemetry store among it, each with its state."""
        return [
            f"{found['name']}-{found['replica']} is {found['state']}"
            for found in self.status()["components"]
            if found["state"] != "ready"
        ]

    def components(self, name: str) -> list[dict[str, Any]]:
        """Return the replicas of a component as `status` tells them."""
        return [found for found in self.status()["components"] if found["name"] == name]

    def kill(self, name: str, replica: int = 1, number: int = signal.SIGKILL) -> int:
        """Send a signal to one replica; return its process id."""
        pid: int = self.components(name)[replica - 1]["pid"]
        os.kill(pid, number)
        return pid

    @contextlib.contextmanager
    def frozen(self, name: str, replicas: int = 1) -> Iterator[None]:
        """Freeze the first replicas while the block runs; one replaced meanwhile is let be."""
        pids = [self.kill(name, 1 + number, signal.SIGSTOP) for number in range(replicas)]
        try:
            yield
        finally:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def supervisor(self) -> int:
        """Return the process that holds the data folder's lock; adopted replicas hide it."""
        lock = str(self.data.resolve() / "lock")
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if lock in {file.path for file in process.open_files()}:
                    return process.pid
        raise LookupError(f"nobody holds {lock}")

    def pids(self, *names: str) -> list[int]:
        """Return the process ids of components (all without names), children included."""
        roots = [
            found["pid"]
            for found in self.status()["components"]
            if found["pid"] and (not names or found["name"] in names)
        ]
        found = set(roots)
        for pid in roots:
            with contextlib.suppress(psutil.NoSuchProcess):
                found |= {child.pid for child in psutil.Process(pid).children(recursive=True)}
        return sorted(found)

    def read(self, look: Callable[[psutil.Process], T], *names: str) -> list[T]:
        """Return what is read of each process of `pids`; one that ends meanwhile has nothing."""
        found = []
        for pid in self.pids(*names):
            with contextlib.suppress(psutil.NoSuchProcess):
                found.append(look(psutil.Process(pid)))
        return found

    @property
    def url(self) -> str:
        """The frontend's origin."""
        return str(self.status()["url"]).rstrip("/")

    @property
    def port(self) -> int:
        """The frontend's port."""
        return int(self.url.rsplit(":", 1)[1])

    def origin(self, port: int) -> str:
        """Return the origin of another port, such as a gateway's."""
        return f"{self.url.partition(':')[0]}://127.0.0.1:{port}"

    def trust(self) -> dict[str, str]:
        """Return the variables that make HTTP clients believe the platform's authority."""
        authority = self.data / "certificates" / "ca.crt"
        names = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE") if is_encrypted() else ()
        return dict.fromkeys(names, str(authority))

    def credentials(self) -> Mapping[str, str]:
        """Return the first administrator's e-mail and password."""
        read: Mapping[str, str] = json.loads(Path(self.status()["credentials_file"]).read_text())
        return read


def lives(pid: int) -> bool:
    """Tell whether a process has not ended; its parent may not have heard of it yet."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


@dataclass(frozen=True, slots=True)
class People:
    """One signed-in person of each role: access tokens by role."""

    tokens: Mapping[str, str]

    def headers(self, role: str) -> dict[str, str]:
        """Return the header that says who calls."""
        return {"authorization": f"Bearer {self.tokens[role]}"}


TOKENS_ARE_FRESH_FOR = 150.0
PASSWORD = "correct horse battery staple 9"
ROLES: Sequence[str] = ("viewer", "operator", "administrator")


def sign_in(url: str, email: str, password: str) -> str:
    """Sign in and return the access token; wait where a test before has spent the limit."""
    asked = {"email": email, "password": password, "delivery": "body"}
    deadline = time.monotonic() + 90
    while True:
        with patient(url) as client:
            answer = client.post("/api/v1/identity/sign-in", json=asked)
        if answer.status_code != 429 or time.monotonic() > deadline:
            break
        time.sleep(min(10, int(answer.headers.get("retry-after", 1))))
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def stranger(stack: Stack, role: str) -> str:
    """Return the token of somebody whom no other test knows, so that what befalls him is his."""
    url, first = stack.url, stack.credentials()
    token = sign_in(url, first["email"], first["password"])
    email = f"{secrets.token_hex(6)}@stack.example"
    headers = {"authorization": f"Bearer {token}"}
    with patient(f"{url}/api/v1/identity/", headers=headers) as desk:
        _employ(desk, email, role)
    return sign_in(url, email, PASSWORD)


def people(stack: Stack) -> People:
    """Make a viewer and an operator where they are missing, and sign everyone in."""
    url, first = stack.url, stack.credentials()
    administrator = sign_in(url, first["email"], first["password"])
    tokens = {"administrator": administrator}
    headers = {"authorization": f"Bearer {administrator}"}
    with patient(f"{url}/api/v1/identity/", headers=headers) as desk:
        for role in ("viewer", "operator"):
            email = f"{role}@stack.example"
            _employ(desk, email, role)
            tokens[role] = sign_in(url, email, PASSWORD)
    return People(tokens)


def _employ(desk: httpx.Client, email: str, role: str) -> None:
    """Make a user, or give one that a test has changed its role back."""
    made = desk.post("users", json={"email": email, "password": PASSWORD, "role": role})
    if made.status_code == 409:
        users = desk.get("users", params={"limit": 100}).json()["items"]
        number = next(user["id"] for user in users if user["email"] == email)
        made = desk.patch(f"users/{number}", json={"role": role, "disabled": False})
    assert made.is_success, made.text


class Desk:
    """Signs everyone in, and again when the tokens near their end or have been spoilt."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._held: People | None = None
        self._since = 0.0

    def serve(self) -> People:
        """Return everyone with tokens that last for a test."""
        if self._held is None or time.monotonic() - self._since > TOKENS_ARE_FRESH_FOR:
            self._held, self._since = people(self._stack), time.monotonic()
        return self._held

    def close(self) -> None:
        """Trust the tokens no more."""
        self._held = None


def get_request(path: str, token: str, **headers: str) -> bytes:
    """Write a GET request for `steady.Steady`."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post_request(path: str, token: str, document: object, key: str) -> bytes:
    """Write a POST request with an idempotency key for `steady.Steady`."""
    body = json.dumps(document).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Idempotency-Key: {key}\r\n\r\n"
    )
    return head.encode() + body
