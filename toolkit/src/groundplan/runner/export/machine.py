"""What there is to know of a machine and of programs, without anything that tells whose it is."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from groundplan import __version__
from groundplan.model.folders import Folders

PACKAGES: Final = ("granian", "litestar", "msgspec", "asyncpg", "redis", "httpx", "structlog")


def facts(folders: Folders) -> dict[str, Any]:
    """Return versions, sizes and limits."""
    return {
        "groundplan": __version__,
        "python": platform.python_version(),
        "packages": dict(_packages()),
        "system": platform.system(),
        "kernel": platform.release(),
        "distribution": _distribution(),
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "usable_processors": _usable(),
        "memory_bytes": _memory(),
        "disk": _disk(Path(folders.data)),
        "is_root": os.getuid() == 0,
        "is_terminal": sys.stderr.isatty(),
    }


def _packages() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "missing"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return ""


def _usable() -> int | None:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count()


def _memory() -> dict[str, int]:
    import psutil  # loads slowly

    seen = psutil.virtual_memory()
    return {"total": seen.total, "available": seen.available}


def _disk(folder: Path) -> dict[str, int]:
    seen = shutil.disk_usage(folder)
    return {"total": seen.total, "free": seen.free}
