"""Processor time and memory of a tier: of its first processes and all their children."""

from collections.abc import Mapping, Sequence

import psutil

from bench.stack import BenchError


def cpu_seconds(tiers: Mapping[str, Sequence[int]]) -> dict[str, dict[int, float]]:
    """Return the user and system seconds that each process of each tier has used so far."""
    return {tier: {p.pid: _used(p) for p in _family(pids)} for tier, pids in tiers.items()}


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


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    # Of children that have ended too: a connection of PostgreSQL is a process of its own.
    return float(times.user + times.system + times.children_user + times.children_system)
