"""Processor time and memory of a tier: of its first processes and all their children."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

import psutil

from bench.stack import BenchError

_ALL_THREADS: Final = 2
"""The clock of a process that counts what its threads ran, in nanoseconds (CPUCLOCK_SCHED)."""
_TRIES: Final = 5


def cpu_seconds(tiers: Mapping[str, Sequence[int]]) -> dict[str, dict[int, float]]:
    """Return the user and system seconds that each process of each tier has used so far."""
    return {tier: _read(pids) for tier, pids in tiers.items()}


def cpu_between(
    before: Mapping[str, Mapping[int, float]], after: Mapping[str, Mapping[int, float]]
) -> dict[str, float]:
    """Return the seconds used by each tier between two readings.

    Processes that came in between count from their start; what one used that went is its
    parent's since.
    """
    return {tier: sum(now.values()) - sum(before[tier].values()) for tier, now in after.items()}


def memory_mib(tiers: Mapping[str, Sequence[int]]) -> dict[str, dict[str, float]]:
    """Return PSS (shared pages split among their users) and RSS of each tier, in MiB."""
    sizes = {}
    for tier, pids in tiers.items():
        info = [process.memory_full_info() for process in _family(pids)]
        sizes[tier] = {
            "pss": round(sum(one.pss for one in info) / 2**20, 1),
            "rss": round(sum(one.rss for one in info) / 2**20, 1),
        }
    return sizes


def resident_mib(tiers: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """Return the largest resident memory of one process of each tier, in MiB; cheap to ask."""
    return {
        tier: max(process.memory_info().rss for process in _family(pids)) / 2**20
        for tier, pids in tiers.items()
    }


def _family(pids: Sequence[int]) -> list[psutil.Process]:
    members: dict[int, psutil.Process] = {}
    for pid in pids:
        try:
            first = psutil.Process(pid)
            for process in (first, *first.children(recursive=True)):
                members[process.pid] = process
        except psutil.NoSuchProcess:
            raise BenchError(f"process {pid} ended while it was measured") from None
    return list(members.values())


def _read(pids: Sequence[int]) -> dict[int, float]:
    # A child that ends between two looks is in neither: then everybody is read again.
    for _ in range(_TRIES):
        with suppress(psutil.NoSuchProcess, OSError):
            return {each.pid: _used(each) for each in _family(pids)}
    raise BenchError(f"children of {list(pids)} end faster than they can be measured")


def _used(process: psutil.Process) -> float:
    # Of children that have ended too: a connection of PostgreSQL is a process of its own.
    ended = process.cpu_times()
    # What `/proc` says of the living is rounded to hundredths of a second.
    ran = time.clock_gettime((~process.pid << 3) | _ALL_THREADS)
    return ran + float(ended.children_user + ended.children_system)
