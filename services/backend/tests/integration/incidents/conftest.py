"""A replica that takes alerts, people of each role, and a receiver of messages."""

import contextlib
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

ALERT_KEY = "d4" * 32
_PEOPLE = {"vera": "viewer", "otto": "operator", "otti": "operator"}


@dataclass
class Desk:
    """People and a sender of alerts, as clients of one replica."""

    replica: Any
    headers: dict[str, dict[str, str]]

    def ask(
        self, name: str, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """Ask as a person; `_` in names of headers stands for `-`."""
        told = {key.replace("_", "-"): value for key, value in headers.items()}
        with self.replica.client({**self.headers[name], **told}) as client:
            answer: httpx.Response = client.request(method, f"/api/v1/incidents{path}", json=body)
            return answer

    def get(self, path: str) -> Any:
        """Read as a viewer."""
        answer = self.ask("vera", "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, *alerts: Any, key: str = ALERT_KEY, **more: Any) -> httpx.Response:
        """Send alerts as Alertmanager does."""
        notice = {
            "version": "4",
            "groupKey": "{}:{}",
            "status": "firing",
            "receiver": "console",
            "alerts": list(alerts),
            "truncatedAlerts": 0,
            "externalURL": "http://alertmanager:9093",
            **more,
        }
        with self.replica.client({"authorization": f"Bearer {key}".strip()}) as client:
            answer: httpx.Response = client.post("/api/v1/incidents/alertmanager", json=notice)
            return answer

    def only(self, alertname: str) -> Any:
        """Return the one incident of an alert, whole."""
        (found,) = self.get(f"?alertname={alertname}")["items"]
        return self.get(f"/{found['id']}")


def alert(name: str, service: str = "backend", **more: Any) -> dict[str, Any]:
    """Return an alert that fires."""
    labels = {"alertname": name, "service": service, "severity": "page", **more.pop("labels", {})}
    return {
        "status": "firing",
        "labels": labels,
        "annotations": {
            "summary": f"{service} is down",
            "description": "Nobody has answered.",
            "runbook": f"docs/runbooks/{name}.md",
        },
        "startsAt": "2026-11-23T06:15:14.236026828Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus:9090/graph?g0.expr=up",
        "fingerprint": f"{abs(hash(json.dumps(labels, sort_keys=True))):016x}"[:16],
        **more,
    }


@pytest.fixture
def name() -> str:
    """The name of an alert that no other test uses."""
    return f"Alert{uuid.uuid4().hex[:12]}"


@pytest.fixture(name="alert")
def _alert() -> Any:
    """Make an alert."""
    return alert


@pytest.fixture(scope="session")
def desk_of() -> Callable[[Any], Desk]:
    """Start a replica on a stack, and make people."""
    return _desk


@pytest.fixture(scope="session")
def desk(lasting_stack: Any) -> Desk:
    """A running replica, and people."""
    return _desk(lasting_stack)


def _desk(stack: Any) -> Desk:
    replica = stack.replica(
        ALERT_KEY=ALERT_KEY,
        WEBHOOK_ALLOW="127.0.0.1/32",
        MAIL_FOLDER=str(stack.folder / "incident-mails"),
        PUBLIC_URL="https://console.example",
    )
    administrator = replica.signed_in("administrator@groundplan.example")
    headers = {"ada": administrator}
    with replica.client(administrator) as client:
        for person, role in _PEOPLE.items():
            email = f"{person}@incidents.example"
            body = {"email": email, "password": "correct horse battery staple", "role": role}
            assert client.post("/api/v1/identity/users", json=body).status_code == 201
            headers[person] = replica.signed_in(email)
    return Desk(replica, headers)


@dataclass
class Receiver:
    """What arrived at an address, and what it answers."""

    url: str
    heard: list[Any] = field(default_factory=list)
    status: int = 200


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes messages as Slack does, and ends with the test."""
    made = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        """Notes bodies."""

        def do_POST(self) -> None:
            """Take one."""
            size = int(self.headers.get("content-length") or 0)
            made.heard.append(json.loads(self.rfile.read(size)))
            self.send_response(made.status)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}/services/T0/B0/secret"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()
