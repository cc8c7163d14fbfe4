"""A replica that knows two environments, one of which asks for an approval, and its people."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

_PREFIX = "/api/v1/delivery"
_PEOPLE = {"ada": "operator", "ben": "operator", "vic": "viewer"}


@dataclass
class Desk:
    """Everyone's client of one replica, and the steps that tests repeat."""

    replica: Any
    headers: dict[str, dict[str, str]]
    taken: int = 0

    def as_(self, name: str) -> httpx.Client:
        """Return a client of a person."""
        return httpx.Client(
            base_url=self.replica.url + _PREFIX, headers=self.headers[name], timeout=15
        )

    def post(self, name: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Post as a person; `_` in names of headers stands for `-`."""
        told = {key.replace("_", "-"): value for key, value in headers.items()}
        with self.as_(name) as client:
            return client.post(path, json=body if body is not None else {}, headers=told)

    def get(self, name: str, path: str) -> Any:
        """Read as a person."""
        with self.as_(name) as client:
            answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def release(self, service: str = "backend") -> str:
        """Register a release; return its id."""
        number = uuid.uuid4().hex
        body = {
            "service": service,
            "version": f"1.0.0-{number[:8]}",
            "digest": "sha256:" + number * 2,
            "built_by": "tests",
            "built_at": "2026-01-02T03:04:05Z",
        }
        answer = self.post("ada", "/releases", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def deployment(self, environment: str = "local", service: str = "backend") -> Any:
        """Request a deployment of a new release as Ada."""
        body = {"environment": environment, "releases": [self.release(service)]}
        answer = self.post("ada", "/deployments", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def step(self, deployment: str, expected: str, to: str, **more: Any) -> httpx.Response:
        """Report a transition as Ada."""
        body = {"expected": expected, "to": to, **more}
        return self.post("ada", f"/deployments/{deployment}/transitions", body)

    def carry_out(self, deployment: str) -> None:
        """Take a planned deployment to live."""
        for expected, to in (
            ("planned", "applying"),
            ("applying", "verifying"),
            ("verifying", "live"),
        ):
            answer = self.step(deployment, expected, to)
            assert answer.status_code == 200, answer.text

    def take(self, environment: str, agent: str = "agent-1", **more: Any) -> Any:
        """Ask for work as an agent."""
        body = {"environment": environment, "agent": agent, **more}
        answer = self.post("ada", "/work", body)
        assert answer.status_code == 200, answer.text
        return answer.json()["work"]


@pytest.fixture(scope="session")
def delivery_stack(lasting_stack: Any) -> Any:
    """The stack with environments of its own for every test that wants one without others."""
    file = lasting_stack.folder / "catalog.json"
    catalog = json.loads(file.read_text())
    names = ["local", "dev", *(f"env-{number}" for number in range(80))]
    catalog["environments"] = [
        *({"name": name} for name in names),
        {"name": "prod", "approvals": 1},
        {"name": "twice", "approvals": 2},
    ]
    file.write_text(json.dumps(catalog))
    return lasting_stack


@pytest.fixture(scope="session")
def desk(delivery_stack: Any) -> Desk:
    """A running replica, two operators and a viewer."""
    replica = delivery_stack.replica()
    administrator = replica.signed_in("administrator@groundplan.example")
    headers = {"eve": administrator}
    with replica.client(administrator) as client:
        for name, role in _PEOPLE.items():
            email = f"{name}@groundplan.example"
            new = {"email": email, "password": "correct horse battery staple", "role": role}
            answer = client.post("/api/v1/identity/users", json=new)
            assert answer.status_code == 201, answer.text
            headers[name] = replica.signed_in(email)
    return Desk(replica, headers)


@pytest.fixture
def environment(desk: Desk) -> str:
    """The name of an environment that no other test uses."""
    desk.taken += 1
    return f"env-{desk.taken}"


@pytest.fixture
def follow(desk: Desk) -> Callable[..., Any]:
    """Open the stream of events; the answer is to be closed by `with`."""

    def open_stream(name: str, query: str = "", **headers: str) -> Any:
        client = desk.as_(name)
        told = {key.replace("_", "-"): value for key, value in headers.items()}
        return client.stream("GET", f"/events?{query}", headers=told)

    return open_stream
