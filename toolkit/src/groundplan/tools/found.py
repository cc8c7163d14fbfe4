"""What looking for an outside program yields, and the two places to look: PATH and wheels."""

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from groundplan.errors import ToolError

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A program on this machine."""

    name: str
    path: Path
    version: Version
    origin: str
    """Where it comes from: `PATH`, or the wheel's name."""

    def __str__(self) -> str:
        return f"{self.name} {'.'.join(map(str, self.version))} from {self.origin}"


def on_path(command: str) -> Path | None:
    """Return a command of PATH, leaving out the ones of our own environment."""
    own = Path(sys.prefix) / "bin"
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = shutil.which(command, path=os.pathsep.join(f for f in folders if Path(f) != own))
    return Path(found) if found else None


def in_wheel(package: str, *parts: str) -> Path | None:
    """Return a file inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations)), *parts)
    return path if path.is_file() else None


def version_of(path: Path, *question: str) -> Version | None:
    """Ask a program for its version; None where it cannot be run or says none."""
    try:
        answer = subprocess.run(
            [path, *question], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = (answer.stdout + answer.stderr).replace(str(path), "")
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", said)
    return tuple(int(part) for part in match.groups() if part) if match else None


def machine() -> str:
    """Return this machine as wheels name it: `linux-x86_64`, `macos-arm64`."""
    system = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
    return f"{system}-{platform.machine()}"


def missing(what: str, hint: str) -> ToolError:
    """Return the error that says that a program is nowhere to be found."""
    return ToolError(f"{what} is not on this machine", hint=hint)
