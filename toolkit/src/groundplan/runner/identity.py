"""Tells a process from a later one that was given the same number."""

import os
import sys
from pathlib import Path

_STATE, _GROUP, _STARTED = 0, 2, 19
"""Fields of /proc/<pid>/stat, counted after the name."""
_GONE = (b"Z", b"X")
"""States of a process that has ended."""


def of(pid: int) -> str | None:
    """Return when a process was started, in the kernel's ticks; None where it is gone."""
    if sys.platform != "linux":
        return _from_psutil(pid)
    fields = _fields(str(pid))
    return fields[_STARTED].decode() if fields else None


def group_lives(group: int) -> bool:
    """Return whether any process of a group runs; ended ones do not count."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if sys.platform != "linux":
        return True
    wanted = str(group).encode()
    found = (_fields(name) for name in os.listdir("/proc") if name.isdigit())
    return any(fields is not None and fields[_GROUP] == wanted for fields in found)


def _fields(pid: str) -> list[bytes] | None:
    """Return what /proc tells of a process; None where it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    fields = stat.rpartition(b")")[2].split()
    return None if fields[_STATE] in _GONE else fields


def _from_psutil(pid: int) -> str | None:
    import psutil  # loads slowly, and Linux does without

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return str(process.create_time())
    except psutil.Error:
        return None
