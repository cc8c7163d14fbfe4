"""How much memory components take, what they share counted once."""

import contextlib
from collections.abc import Iterable

import psutil


def of(pids: Iterable[int]) -> dict[int, int]:
    """Return bytes by process id, each with all processes that it started.

    Pages that several processes share are divided among them where the system tells.
    """
    return {pid: _whole(pid) for pid in pids}


def _whole(pid: int) -> int:
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        return sum(_own(each) for each in (process, *process.children(recursive=True)))
    return 0


def _own(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        told = process.memory_full_info()
        return int(getattr(told, "pss", 0) or told.rss)
    return 0
