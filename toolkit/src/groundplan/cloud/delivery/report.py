"""Tells a running Groundplan of a delivery: its releases, its states, its plan and its bill.

It tells where GROUNDPLAN_URL and GROUNDPLAN_TOKEN_FILE say so. What cannot be told is one warning
and stops no delivery; what people have refused to approve is not delivered.
"""

import getpass
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import GroundplanError, NotReadyError
from groundplan.tools.backend import Backend, BackendError
from groundplan.tools.delivery import Desk

URL: Final = "GROUNDPLAN_URL"
TOKEN_FILE: Final = "GROUNDPLAN_TOKEN_FILE"  # noqa: S105 - the name of a setting
APPROVED_WITHIN: Final = 3600.0
"""Seconds that people get to approve."""
POLL: Final = 5.0
SHORT: Final = 12
_IMAGE: Final = re.compile(r".+@(sha256:[0-9a-f]{64})")
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")
Say = Callable[[str], None]
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is delivered."""

    environment: str
    digests: Mapping[str, str]
    """The image of each service; none where infrastructure is changed."""
    note: str = ""
    commit: str = ""


class Report:
    """One delivery, told as it goes on; silent before `begin` and after a failure to tell."""

    def __init__(self, subject: Subject, backend: Backend | None, say: Say) -> None:
        self._subject = subject
        self._desk = Desk(backend) if backend else None
        self._say = say
        self._deployment = ""
        self._state = ""

    def begin(self) -> None:
        """Say that it begins, and wait until it is approved where the environment asks for that.

        Raises:
            NotReadyError: it was rejected, or not approved in time.
        """
        if found := self._told(self._request):
            self._deployment = str(found["id"])
            self._approved(found)
            self._state = "planned"
            self.enter("applying")

    def enter(self, state: str, reason: str = "") -> None:
        """Say that it has come to a state."""
        before = self._state
        if not self._deployment or before in ("", state):
            return

        def move(desk: Desk) -> bool:
            desk.move(self._deployment, before, state, reason)
            return True

        if self._told(move):
            self._state = state

    def attach(self, name: str, kind: str, text: str) -> None:
        """Hand a file over that belongs to it."""
        if self._deployment:
            self._told(lambda desk: desk.attach(self._deployment, name, kind, text.encode()))

    def end(self) -> None:
        """Say that it is live."""
        if self._state == "applying":
            self.enter("verifying")
        self.enter("live")

    def fail(self, reason: str) -> None:
        """Say that it has failed."""
        if self._state in ("planned", "applying", "verifying"):
            self.enter("failed", reason)

    def _request(self, desk: Desk) -> dict[str, Any]:
        releases = [
            desk.register(_release(service, digest, self._subject.commit))["id"]
            for service, digest in sorted(self._subject.digests.items())
        ]
        kind = "release" if releases else "infrastructure"
        return desk.request(self._subject.environment, releases, self._subject.note, kind)

    def _approved(self, found: dict[str, Any]) -> None:
        """Wait for approval; where it is due, not to hear of it is not to have it."""
        deadline = time.monotonic() + APPROVED_WITHIN
        if found["state"] == "awaiting_approval":
            self._say(f"deployment {self._deployment} waits for approval in Groundplan")
        while found["state"] == "awaiting_approval" and time.monotonic() < deadline:
            time.sleep(POLL)
            found = self._seen(found)
        if found["state"] in ("failed", "awaiting_approval"):
            said = found["reason"] or "nobody has approved it"
            raise NotReadyError(
                f"deployment {self._deployment} was not approved: {said}",
                hint="nothing was changed; request it again with the same command",
            )

    def _seen(self, before: dict[str, Any]) -> dict[str, Any]:
        assert self._desk
        try:
            return self._desk.read(self._deployment)
        except BackendError as error:
            if error.is_passing:
                return before
            return {"state": "failed", "reason": error.message}

    def _told(self, work: Callable[[Desk], Told]) -> Told | None:
        """Do something at the desk; the first failure is said, and then nothing is told."""
        if self._desk is None:
            return None
        try:
            return work(self._desk)
        except BackendError as error:
            self._say(f"warning: Groundplan is not told of this delivery: {error.message}")
            self._desk = None
            return None


@contextmanager
def reporting(subject: Subject, say: Say) -> Iterator[Report]:
    """Yield what tells of a delivery; how the block ends is how the delivery ends."""
    backend = _backend(say)
    report = Report(subject, backend, say)
    try:
        yield report
    except GroundplanError as error:
        report.fail(error.message)
        raise
    except BaseException as error:
        report.fail(type(error).__name__)
        raise
    else:
        report.end()
    finally:
        if backend:
            backend.close()


def hand_in(environment: str, name: str, kind: str, text: str, say: Say) -> None:
    """Hand over a file that belongs to an environment and to no deployment."""
    backend = _backend(say)
    if backend is None:
        return
    with backend:
        try:
            Desk(backend).upload(f"environment:{environment}", name, kind, text.encode())
        except BackendError as error:
            say(f"warning: Groundplan did not get {name}: {error.message}")


def digests(objects: Iterable[Object]) -> dict[str, str]:
    """Return the digest of the image that each Deployment runs."""
    found = {}
    for each in objects:
        if each.kind == "Deployment":
            containers = each.values["spec"]["template"]["spec"]["containers"]
            images = (_IMAGE.fullmatch(str(one.get("image", ""))) for one in containers)
            if image := next(filter(None, images), None):
                found[each.name] = image.group(1)
    return found


def _backend(say: Say) -> Backend | None:
    url, file = os.environ.get(URL, ""), os.environ.get(TOKEN_FILE, "")
    if not url and not file:
        return None
    if not (url and file):
        say(f"warning: Groundplan is not told of this: {URL} and {TOKEN_FILE} go together")
        return None
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
        return Backend(url, token)
    except (OSError, ValueError, BackendError) as error:
        say(f"warning: Groundplan is not told of this: {error}")
        return None


def _release(service: str, digest: str, commit: str) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    found = {
        "service": service,
        "version": digest.removeprefix("sha256:")[:SHORT],
        "digest": digest,
        "built_by": os.environ.get("GITHUB_WORKFLOW_REF") or _user(),
        "built_at": now,
    }
    return found | ({"commit": commit} if _COMMIT.fullmatch(commit) else {})


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
