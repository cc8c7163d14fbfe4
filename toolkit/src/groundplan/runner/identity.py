"""Tells a process from a later one that was given the same number."""

import sys
from pathlib import Path

_STATE, _STARTED = 0, 19
"""Fields of /proc/<pid>/stat, counted after the name."""


def of(pid: int) -> str | None:
    """Return when a process was started, in the kernel's ticks; None where it is gone."""
    if sys.platform != "linux":
        return _from_psutil(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    fields = stat.rpartition(b")")[2].split()
    return None if fields[_STATE] in (b"Z", b"X") else fields[_STARTED].decode()


def _from_psutil(pid: int) -> str | None:
    import psutil  # loads slowly, and Linux does without

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return str(process.create_time())
    except psutil.Error:
        return None
