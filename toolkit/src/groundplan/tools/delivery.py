"""What the backend is asked about releases, deployments and the files that belong to them."""

import hashlib
import time
import uuid
from typing import Any, Final

from groundplan.tools.backend import Backend, BackendError

Values = dict[str, Any]
LEASE: Final = 15
"""Seconds that a deployment stays ours without a word."""
CHECKED_WITHIN: Final = 30.0
"""Seconds that the check of a file may take."""
_POLL: Final = 0.2


class Desk:
    """Releases and deployments of one running Groundplan."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def register(self, release: Values) -> Values:
        """Return a release, registered now or before."""
        found: Values = self._backend.ask("POST", "/delivery/releases", release, key=_key())
        return found

    def request(
        self, environment: str, releases: list[str], note: str, kind: str = "release"
    ) -> Values:
        """Return a new deployment."""
        wanted = {"environment": environment, "kind": kind, "releases": releases, "note": note}
        found: Values = self._backend.ask("POST", "/delivery/deployments", wanted, key=_key())
        return found

    def read(self, deployment: str) -> Values:
        """Return a deployment."""
        found: Values = self._backend.ask("GET", f"/delivery/deployments/{deployment}")
        return found

    def take(self, environment: str, agent: str, services: list[str]) -> Values | None:
        """Return the next deployment with its lease; None where there is nothing to do."""
        question = {
            "environment": environment,
            "agent": agent,
            "services": services,
            "seconds": LEASE,
        }
        found: Values | None = self._backend.ask("POST", "/delivery/work", question)["work"]
        return found

    def renew(self, deployment: str, lease: str) -> None:
        """Keep a deployment for as long again."""
        path = f"/delivery/deployments/{deployment}/lease"
        self._backend.ask("PUT", path, {"lease": lease, "seconds": LEASE})

    def move(
        self, deployment: str, expected: str, to: str, reason: str = "", lease: str | None = None
    ) -> None:
        """Report the next state."""
        step: Values = {"expected": expected, "to": to, "reason": reason[:500]}
        path = f"/delivery/deployments/{deployment}/transitions"
        self._backend.ask("POST", path, step | ({"lease": lease} if lease else {}))

    def progress(
        self, deployment: str, message: str, done: int, total: int, lease: str | None = None
    ) -> None:
        """Report how far it has come."""
        said: Values = {"message": message[:200], "done": done, "total": total}
        path = f"/delivery/deployments/{deployment}/progress"
        self._backend.ask("POST", path, said | ({"lease": lease} if lease else {}))

    def attach(self, deployment: str, name: str, kind: str, content: bytes) -> None:
        """Upload a file and attach it to a deployment.

        Raises:
            BackendError: a step was refused, or the file.
        """
        artifact = self.upload(f"deployment:{deployment}", name, kind, content)
        path = f"/delivery/deployments/{deployment}/artifacts"
        self._backend.ask("POST", path, {"artifact": artifact, "kind": kind})

    def upload(self, subject: str, name: str, kind: str, content: bytes) -> str:
        """Upload a file that belongs to something, as `kind:name`, and return its id.

        Raises:
            BackendError: a step was refused, or the file.
        """
        wanted = {
            "name": name,
            "size": len(content),
            "kind": kind,
            "sha256": hashlib.sha256(content).hexdigest(),
            "subject": subject,
        }
        begun = self._backend.ask("POST", "/artifacts/uploads", wanted, key=_key())
        path, size = f"/artifacts/uploads/{begun['id']}", int(begun["part_size"])
        for number in range(int(begun["parts"])):
            part = content[number * size : (number + 1) * size]
            self._backend.ask("PUT", f"{path}/parts/{number + 1}", content=part)
        return self._complete(path)

    def _complete(self, path: str) -> str:
        deadline = time.monotonic() + CHECKED_WITHIN
        found = self._backend.ask("POST", f"{path}/complete", {})
        while found["state"] == "checking" and time.monotonic() < deadline:
            time.sleep(_POLL)
            found = self._backend.ask("GET", path)
        if found["state"] != "ready":
            reason = found["refusal"] or f"it is {found['state']}"
            raise BackendError(f"{found['name']} was not taken: {reason}", "refused", 409)
        return str(found["id"])


def _key() -> str:
    return str(uuid.uuid4())
