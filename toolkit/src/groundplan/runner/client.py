"""What the command line asks of a run: its status, to wait until it is ready, roll or stop."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundplan.errors import GroundplanError, NotReadyError, UsageError
from groundplan.model.folders import Folders
from groundplan.runner import control, disk, record
from groundplan.runner.lock import LOCK, Lock
from groundplan.runner.state import TROUBLED

GIVE_UP = 180.0
"""Seconds without any progress after which a start has failed."""
LINGER = 3.0
"""The same where a component has failed already."""
ENDS = frozenset({"ready", "stopping", "stopped"})
UNWATCHED = "runs, but nobody watches it: ./run up takes it over"
LONG = 3600.0


class Client:
    """One data folder's run, seen from outside."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._socket = Path(folders.run, control.SOCKET)
        self.trouble = ""
        """Why the supervisor could not write, when it was asked last."""

    def supervised(self) -> dict[str, Any] | None:
        """Return the supervisor's answer about the status; None where there is no supervisor."""
        try:
            return next(iter(control.ask(self._socket, {"ask": "status"})))
        except (OSError, ValueError, StopIteration):
            return None

    def startup(self) -> dict[str, Any]:
        """Return what the supervisor tells of the start; nothing where it is gone."""
        return dict((self.supervised() or {}).get("startup", {}))

    def status(self) -> dict[str, Any]:
        """Return the object of `status --json`, also where the supervisor is gone.

        Raises:
            NotReadyError: nothing has ever run here.
        """
        if answer := self.supervised():
            self.trouble = answer.get("trouble", "")
            return dict(answer["status"])
        left = disk.read_json(Path(self._folders.run, "status.json"))
        if not isinstance(left, dict):
            raise NotReadyError(
                f"nothing runs in {self._folders.data}", hint="./run up starts the platform"
            )
        return self._without_supervisor(left)

    def _without_supervisor(self, left: dict[str, Any]) -> dict[str, Any]:
        kept = record.recall(Path(self._folders.run, "processes.json"))
        living = {each.name for each in kept if each.lives}
        components = []
        for each in left.get("components", []):
            lives = f"{each['name']}-{each['replica']}" in living
            each.pop("log", None)
            shown = ("unready", each["pid"], UNWATCHED) if lives else ("stopped", None, "")
            components.append(
                {**each, **dict(zip(("state", "pid", "detail"), shown, strict=True))}
            )
        return {**left, "state": "degraded" if living else "stopped", "components": components}

    def wait(self, show: Callable[[dict[str, Any]], None], poll: float = 0.1) -> dict[str, Any]:
        """Wait until all is ready or has failed; return the last status.

        Raises:
            NotReadyError: the supervisor is gone.
        """
        news, last = time.monotonic(), None
        while True:
            answer = self.supervised()
            if answer is None:
                raise NotReadyError("the supervisor has ended", hint="see logs/supervisor.log")
            now = answer["status"]
            show(now)
            if (progress := _progress(now)) != last:
                news, last = time.monotonic(), progress
            if now["state"] in ENDS or time.monotonic() - news > _patience(now):
                return dict(now)
            time.sleep(poll)

    def restart(self, name: str, say: Callable[[str], None], *, folder: bool = False) -> None:
        """Restart a component or a replica, one replica at a time.

        Args:
            name: of either.
            say: is told of every step.
            folder: whether it leaves the version that was deployed for what its folder holds.

        Raises:
            GroundplanError: there is none of that name, or one did not come back.
        """
        try:
            question = {"ask": "restart", "name": name, "folder": folder}
            for line in control.ask(self._socket, question, LONG):
                _raise(line)
                if "says" in line:
                    say(line["says"])
        except OSError:
            raise self._nobody() from None

    def down(self, say: Callable[[str], None]) -> bool:
        """Stop everything; say whether anything ran."""
        try:
            for line in control.ask(self._socket, {"ask": "down"}, LONG):
                _raise(line)
        except OSError:
            from groundplan.runner import sweep  # looks at all processes, and loads slowly

            return sweep.end_all(self._folders, say)
        self._wait_for_end()
        return True

    def _wait_for_end(self) -> None:
        """Wait until the supervisor itself is gone, and its lock with it."""
        path = Path(self._folders.data, LOCK)
        while path.exists():
            if lock := Lock.take(path):
                lock.release()
                return
            time.sleep(0.02)

    def _nobody(self) -> NotReadyError:
        return NotReadyError(
            f"no supervisor is at work in {self._folders.data}", hint="./run up starts one"
        )


def _progress(status: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what changes as long as a start gets on; failing again and again is no progress."""
    return [
        ("failing", "") if each["state"] in TROUBLED else (each["state"], each["detail"])
        for each in status["components"]
    ]


def _patience(status: dict[str, Any]) -> float:
    """Return how long to wait for progress: briefly where something has failed already."""
    failed = any(each["state"] == "failed" for each in status["components"])
    return LINGER if failed else GIVE_UP


def _raise(line: dict[str, Any]) -> None:
    if "error" in line:
        kind = UsageError if line["exit_code"] == UsageError.exit_code else NotReadyError
        error: GroundplanError = kind(line["error"], hint=line["hint"])
        raise error
