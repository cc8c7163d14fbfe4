"""Fills a platform with deliveries, files and people through its API, as its users would.

Takes an origin and an administrator; hands on the addresses of the pages that came to be. What is
there already stays: filling twice is filling once, but for deployments.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any, Final

from patient import patient

PASSWORD: Final = "correct horse battery staple 9"
OPERATOR: Final = "grace@groundplan.example"
VIEWER: Final = "ada@groundplan.example"
RELEASES: Final = (
    ("backend", "1.4.0", 20),
    ("backend", "1.5.0", 3),
    ("frontend", "2.0.0", 16),
    ("frontend", "2.1.0", 1),
    ("gateway", "1.0.3", 9),
)
TRIES: Final = 25
STEPS: Final = 5
_BUILDER: Final = "github.com/example/shop/.github/workflows/build.yaml"
_TO_LIVE: Final = ("applying", "verifying", "live")


@dataclass(frozen=True, slots=True)
class Filled:
    """The addresses of pages that show one thing each, by what they show."""

    pages: Mapping[str, str]


class Desk:
    """One person's way to the API."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._client = patient(f"{url}/api/v1/", timeout=20)
        answer = self._client.post(
            "identity/sign-in", json={"email": email, "password": password, "delivery": "body"}
        )
        answer.raise_for_status()
        self._client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"

    def send(self, method: str, path: str, body: object = None, *fine: int) -> dict[str, Any]:
        """Send a request and return its answer; `fine` are refusals that mean nothing.

        Raises:
            AssertionError: it was refused otherwise.
        """
        answer = self._client.request(method, path, json=body)
        assert answer.is_success or answer.status_code in fine, f"{path}: {answer.text}"
        document: dict[str, Any] = answer.json() if answer.content else {}
        return document

    def put(self, path: str, content: bytes) -> None:
        """Send bytes."""
        headers = {"content-type": "application/octet-stream"}
        self._client.put(path, content=content, headers=headers).raise_for_status()


def fill(url: str, email: str, password: str) -> Filled:
    """Fill the platform at an origin, as this administrator."""
    administrator = Desk(url, email, password)
    _people(administrator)
    operator = Desk(url, OPERATOR, PASSWORD)
    files = _files(operator)
    releases = _releases(operator, files["sbom.cdx.json"])
    first, second = _environments(administrator)
    _delivered(operator, first, releases, files)
    waiting = _awaiting(operator, administrator, second, releases)
    running = _running(operator, first, releases)
    return Filled(
        {
            "release": f"/releases/{releases['backend 1.4.0']}",
            "deployment-awaiting": f"/deployments/{waiting}",
            "deployment-running": f"/deployments/{running}",
            "deployments-failed": "/deployments?state=failed",
            "deploy": f"/deployments?release={releases['backend 1.5.0']}",
            "artifact": f"/artifacts?artifact={files['plan.txt']}",
            **_traced(administrator),
        }
    )


def _traced(administrator: Desk) -> Mapping[str, str]:
    """Return the page of a trace with several steps; none where nothing keeps traces."""
    for _ in range(TRIES):
        found = administrator.send("GET", "telemetry/traces?service=backend", None, 404, 503)
        for trace in found.get("items", ()):
            if trace["spans"] > STEPS:
                return {"trace": f"/traces/{trace['trace_id']}"}
        sleep(0.2)
    return {}


def _people(administrator: Desk) -> None:
    for email, role in ((OPERATOR, "operator"), (VIEWER, "viewer")):
        user = {"email": email, "password": PASSWORD, "role": role}
        administrator.send("POST", "identity/users", user, 409)
    invited = {"email": "linus@groundplan.example", "role": "viewer"}
    administrator.send("POST", "identity/invitations", invited, 409)
    machine = {"name": "ci", "role": "operator"}
    administrator.send("POST", "identity/service-identities", machine, 409)
    token = {"name": "nightly build", "scopes": ["delivery:read"], "days": 30}
    administrator.send("POST", "identity/tokens", token, 409)
    webhook = {"url": "https://hooks.example.com/groundplan", "types": ["deployment.state"]}
    administrator.send("POST", "delivery/webhooks", webhook, 409)


def _files(operator: Desk) -> dict[str, str]:
    """Return the ids of files of three kinds by their names."""
    sbom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}
    plan = "Plan: 3 to add, 1 to change, 0 to destroy.\n" * 200
    contents = {
        "sbom.cdx.json": ("sbom", json.dumps(sbom).encode()),
        "plan.txt": ("plan", plan.encode()),
        "cost-report.json": ("cost", json.dumps({"monthly": 412.5}).encode()),
    }
    return {name: _file(operator, name, *content) for name, content in contents.items()}


def _file(operator: Desk, name: str, kind: str, content: bytes) -> str:
    new = {"name": name, "size": len(content), "kind": kind}
    upload = str(operator.send("POST", "artifacts/uploads", new)["id"])
    operator.put(f"artifacts/uploads/{upload}/parts/1", content)
    operator.send("POST", f"artifacts/uploads/{upload}/complete", {})
    return upload


def _releases(operator: Desk, sbom: str) -> dict[str, str]:
    """Return the ids of the releases by service and version."""
    found = {}
    for service, version, days in RELEASES:
        seed = hashlib.sha256(f"{service} {version}".encode()).hexdigest()
        new = {
            "service": service,
            "version": version,
            "digest": f"sha256:{seed}",
            "commit": seed[:40],
            "built_by": _BUILDER,
            "built_at": (datetime.now(UTC) - timedelta(days=days)).isoformat(),
            "sbom": sbom,
        }
        release = operator.send("POST", "delivery/releases", new)
        found[f"{service} {version}"] = str(release["id"])
    return found


def _environments(administrator: Desk) -> Sequence[str]:
    """Return an environment that asks for no approval and one that does, else the last two."""
    items = administrator.send("GET", "delivery/environments")["items"]
    # On one machine an agent takes what is requested for `local`.
    others = [item for item in items if item["name"] != "local"] or items
    return others[0]["name"], max(others, key=lambda item: item["approvals"])["name"]


def _deploy(desk: Desk, environment: str, release: str, note: str = "") -> str:
    new = {"environment": environment, "releases": [release], "note": note}
    return str(desk.send("POST", "delivery/deployments", new)["id"])


def _move(desk: Desk, deployment: str, *states: str, reason: str = "") -> None:
    """Report states one after the other, from wherever the deployment is."""
    path = f"delivery/deployments/{deployment}"
    for state in states:
        step = {"expected": desk.send("GET", path)["state"], "to": state, "reason": reason}
        desk.send("POST", f"{path}/transitions", step, 409)
        if state == "applying":
            progress = {"message": "replica 1 of 2 serves the release", "done": 1, "total": 2}
            desk.send("POST", f"{path}/progress", progress, 409)


def _delivered(
    operator: Desk, environment: str, releases: Mapping[str, str], files: Mapping[str, str]
) -> None:
    """Some that went well, with their files, and one that did not."""
    for name in ("backend 1.4.0", "frontend 2.0.0", "backend 1.5.0"):
        deployment = _deploy(operator, environment, releases[name], f"{name}, from main")
        _move(operator, deployment, *_TO_LIVE)
        attached = {"artifact": files["plan.txt"], "kind": "plan"}
        operator.send("POST", f"delivery/deployments/{deployment}/artifacts", attached)
    failed = _deploy(operator, environment, releases["gateway 1.0.3"])
    _move(operator, failed, "applying", "verifying")
    _move(operator, failed, "failed", reason="2 of 40 probes failed on replica 1")


def _awaiting(
    operator: Desk, administrator: Desk, environment: str, releases: Mapping[str, str]
) -> str:
    """One approved and live, then one that waits for somebody; return the latter."""
    approved = _deploy(operator, environment, releases["backend 1.4.0"], "First for everybody")
    decision = {"decision": "approve", "note": "Seen in dev since Monday"}
    administrator.send("POST", f"delivery/deployments/{approved}/approvals", decision, 409)
    _move(operator, approved, *_TO_LIVE)
    return _deploy(operator, environment, releases["backend 1.5.0"], "Faster search")


def _running(operator: Desk, environment: str, releases: Mapping[str, str]) -> str:
    """One that is under way."""
    deployment = _deploy(operator, environment, releases["frontend 2.1.0"], "New overview")
    _move(operator, deployment, "applying")
    return deployment
