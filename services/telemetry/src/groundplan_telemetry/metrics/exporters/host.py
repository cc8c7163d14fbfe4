"""This machine: processors, memory, disks and network, with the names of node_exporter."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from groundplan_telemetry.metrics.collect.exposition import written

SECTOR: Final = 512
MODES: Final = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
MEMORY: Final = Path("/proc/meminfo")
MEMORY_NAMES: Final = (
    "MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SwapTotal", "SwapFree",
)  # fmt: skip
FILES: Final = Path("/proc/sys/fs/file-nr")


class Exporter:
    """Looks at the machine; of its disks, at the one that a folder lies on."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    async def __call__(self) -> str:
        """Return an exposition."""
        return await asyncio.to_thread(self.exposition)

    def exposition(self) -> str:
        """Return everything as lines."""
        found = (_load(), _processors(), _memory(), self._disk(), _devices(), _network(), _files())
        return "\n".join(line for lines in found for line in lines) + "\n"

    def _disk(self) -> Iterator[str]:
        where = os.path.realpath(self._folder or ".")
        state = os.statvfs(where)
        shown = _mount(where)
        figures = {
            "size_bytes": state.f_blocks * state.f_frsize,
            "free_bytes": state.f_bfree * state.f_frsize,
            "avail_bytes": state.f_bavail * state.f_frsize,
            "files": state.f_files,
            "files_free": state.f_ffree,
            "readonly": int(bool(state.f_flag & os.ST_RDONLY)),
        }
        for name, value in figures.items():
            yield written(f"node_filesystem_{name}", float(value), **shown)


def _mount(folder: str) -> dict[str, str]:
    """Return the device, kind and place of the file system that a folder lies on."""
    fitting = [
        each
        for each in psutil.disk_partitions(all=True)
        if folder == each.mountpoint or folder.startswith(each.mountpoint.rstrip("/") + "/")
    ]
    if not fitting:
        return {"device": "unknown", "fstype": "unknown", "mountpoint": "/"}
    found = max(fitting, key=lambda each: len(each.mountpoint))
    return {"device": found.device, "fstype": found.fstype, "mountpoint": found.mountpoint}


def _load() -> Iterator[str]:
    for name, value in zip(("1", "5", "15"), os.getloadavg(), strict=True):
        yield written(f"node_load{name}", value)
    yield written("node_boot_time_seconds", psutil.boot_time())
    yield written("node_time_seconds", time.time())


def _processors() -> Iterator[str]:
    for number, times in enumerate(psutil.cpu_times(percpu=True)):
        for mode in MODES:
            seconds = float(getattr(times, mode, 0.0))
            yield written("node_cpu_seconds_total", seconds, cpu=str(number), mode=mode)


def _memory() -> Iterator[str]:
    if not MEMORY.exists():
        found = psutil.virtual_memory()
        yield written("node_memory_MemTotal_bytes", float(found.total))
        yield written("node_memory_MemAvailable_bytes", float(found.available))
        return
    for line in MEMORY.read_text().splitlines():
        name, _, value = line.partition(":")
        if name in MEMORY_NAMES:
            yield written(f"node_memory_{name}_bytes", float(value.split()[0]) * 1024)


def _devices() -> Iterator[str]:
    for device, counted in psutil.disk_io_counters(perdisk=True, nowrap=False).items():
        if device.startswith(("loop", "ram", "zram")):
            continue
        figures = {
            "reads_completed_total": float(counted.read_count),
            "writes_completed_total": float(counted.write_count),
            "read_bytes_total": float(counted.read_bytes),
            "written_bytes_total": float(counted.write_bytes),
            "io_time_seconds_total": getattr(counted, "busy_time", 0) / 1000,
        }
        for name, value in figures.items():
            yield written(f"node_disk_{name}", value, device=device)


def _network() -> Iterator[str]:
    for device, counted in psutil.net_io_counters(pernic=True, nowrap=False).items():
        figures = {
            "receive_bytes_total": counted.bytes_recv,
            "transmit_bytes_total": counted.bytes_sent,
            "receive_packets_total": counted.packets_recv,
            "transmit_packets_total": counted.packets_sent,
            "receive_errs_total": counted.errin,
            "transmit_errs_total": counted.errout,
            "receive_drop_total": counted.dropin,
            "transmit_drop_total": counted.dropout,
        }
        for name, value in figures.items():
            yield written(f"node_network_{name}", float(value), device=device)


def _files() -> Iterator[str]:
    if FILES.exists():
        allocated, _, most = FILES.read_text().split()
        yield written("node_filefd_allocated", float(allocated))
        yield written("node_filefd_maximum", float(most))
