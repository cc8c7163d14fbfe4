"""Ends processes of a data folder that no supervisor watches: strays, or all of them."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from groundplan.model.folders import Folders
from groundplan.runner import identity, record

MARK = "GROUNDPLAN_DATA"
POLL = 0.05
LEFTOVER_GRACE = 2.0
"""Seconds to wait until killed processes are gone."""


def strays(folders: Folders, known: Iterable[int] = ()) -> list[psutil.Process]:
    """Return processes that carry the data folder's mark and belong to no known group."""
    spared = {os.getpid(), os.getppid(), *_families(known)}
    found = []
    for candidate in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            ours = candidate.environ().get(MARK) == folders.data
            if ours and candidate.pid not in spared and os.getpgid(candidate.pid) not in spared:
                found.append(candidate)
    return found


def _families(pids: Iterable[int]) -> set[int]:
    """Return processes with all that they started, which may lead groups of their own."""
    found = set(pids)
    for pid in tuple(found):
        with contextlib.suppress(psutil.Error):
            found |= {child.pid for child in psutil.Process(pid).children(recursive=True)}
    return found


def end_strays(folders: Folders, known: Iterable[int] = ()) -> None:
    """End what a supervisor started but could not write down before it was killed."""
    found = strays(folders, known)
    for stray in found:
        with contextlib.suppress(psutil.Error):
            stray.terminate()
    _, left = psutil.wait_procs(found, timeout=3)
    for stray in left:
        with contextlib.suppress(psutil.Error):
            stray.kill()


def end_leftovers(kept: Iterable[record.Kept]) -> None:
    """End what processes that are gone have left in their groups, such as nginx' workers."""
    for each in kept:
        if not each.lives and identity.of(each.pid) is None:
            _end_group(each.pid)


def end_all(folders: Folders, say: Callable[[str], None]) -> bool:
    """End everything without a supervisor, callers before what they call; say whether any ran."""
    kept = record.recall(Path(folders.run, "processes.json"))
    living = [each for each in kept if each.lives]
    for each in reversed(living):
        say(f"stopping {each.name}")
        _end(each)
    end_leftovers(kept)
    end_strays(folders)
    return bool(living)


def _end(kept: record.Kept) -> None:
    for number, grace in ((signal.Signals[kept.stop], kept.drain), (signal.SIGKILL, 2.0)):
        if kept.lives:
            with contextlib.suppress(ProcessLookupError):
                os.kill(kept.pid, number)
        deadline = time.monotonic() + grace
        while kept.lives and time.monotonic() < deadline:
            time.sleep(POLL)


def _end_group(pid: int) -> None:
    deadline = time.monotonic() + LEFTOVER_GRACE
    while identity.group_lives(pid) and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        time.sleep(POLL)
