"""One supervisor a data folder: a lock that the kernel gives back when its holder is gone."""

import fcntl
import os
from pathlib import Path

LOCK = "lock"
"""The lock's file in the data folder."""


class Lock:
    """A held lock; a forked child holds it too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> "Lock | None":
        """Return the lock, or None where somebody holds it."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def release(self) -> None:
        """Let go of this process' share of the lock."""
        os.close(self._descriptor)
