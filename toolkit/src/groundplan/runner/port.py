"""Ports: found free, reserved against other copies of us, remembered from run to run.

Some servers let a second one listen on the same port beside them, so a port that can be
bound is not enough: each supervisor also holds a machine-wide lock on every port it uses.
"""

import contextlib
import errno
import socket
from collections.abc import Container, Sequence
from pathlib import Path

from groundplan.errors import NotReadyError
from groundplan.runner import disk
from groundplan.runner.folders import private_folder
from groundplan.runner.lock import Lock

HOST = "127.0.0.1"
HIGHEST = 65535


class Ports:
    """The ports of one data folder."""

    def __init__(self, memory: Path, base: int) -> None:
        self._memory = memory
        self._base = base
        self._locks: dict[int, Lock] = {}
        self._folder = private_folder() / "ports"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        remembered = disk.read_json(memory) or {}
        self._is_same_base = remembered.get("base") == base
        self.of: dict[str, int] = dict(remembered.get("ports", {}))

    def settle(self, names: Sequence[str], listening: Container[str]) -> None:
        """Give every name a port: the one it had, or the next free one.

        Args:
            names: what needs a port, the one that people see first.
            listening: names whose processes already run and listen.
        """
        kept = names if self._is_same_base else [name for name in names if name in listening]
        self.of = {name: self.of[name] for name in kept if name in self.of}
        for name in names:
            if name in self.of and name in listening:
                self._lock(self.of[name])
            else:
                self.check(name)
        self.remember()

    def check(self, name: str) -> bool:
        """Make sure that a name's port is free, moving it if it is not; say whether it moved."""
        before = self.of.get(name)
        if before is not None and self._usable(before):
            return False
        self.of[name] = self._next_free()
        return True

    def remember(self) -> None:
        """Keep the ports for the next run."""
        disk.write_json(self._memory, {"base": self._base, "ports": self.of})

    def close(self) -> None:
        """Give every port back to other copies."""
        for lock in self._locks.values():
            lock.release()
        self._locks.clear()

    def _next_free(self) -> int:
        taken = set(self.of.values())
        for port in range(self._base, HIGHEST + 1):
            if port not in taken and self._usable(port):
                return port
        raise NotReadyError(
            f"no port from {self._base} to {HIGHEST} is free", hint="choose --port-base N lower"
        )

    def _usable(self, port: int) -> bool:
        return self._lock(port) and is_free(port)

    def _lock(self, port: int) -> bool:
        if port not in self._locks:
            lock = Lock.take(self._folder / str(port))
            if lock is None:
                return False
            self._locks[port] = lock
        return True


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port of loopback."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True
