"""Builds the console once: again only when what it is made of has changed."""

import asyncio
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.runner import command, disk
from groundplan.tools import node
from groundplan.tools.found import Found

LEFT_OUT = frozenset({"node_modules", "dist", "coverage", "test-results", "playwright-report"})
USUAL = 60
"""Seconds that a build takes on a small machine, for people to know."""


async def build(frontend: Path, say: Callable[[str], None]) -> None:
    """Build the console where it has not been built from these very files.

    Raises:
        ToolError: there is no Node.js, or the build failed.
    """
    if not (frontend / "package.json").is_file():
        raise ToolError(f"there is no console in {frontend}", hint="restore services/frontend")
    digest = await asyncio.to_thread(digest_of, frontend)
    if is_built(frontend, digest):
        return
    say(f"building the console, once, about {USUAL} s")
    settings = _settings(await _node(say))
    began, log = time.monotonic(), frontend / "node_modules" / ".build.log"

    def heard(line: str) -> None:
        say(f"building the console, {time.monotonic() - began:.0f} s: {line[:60]}")

    words = {"directory": str(frontend), "settings": settings, "heard": heard}
    await command.run(["npm", "ci", "--no-audit", "--no-fund"], **words)  # type: ignore[arg-type]
    await command.run(["npm", "run", "build"], log=log, **words)  # type: ignore[arg-type]
    disk.write(_stamp(frontend), digest)


def is_built(frontend: Path, digest: str) -> bool:
    """Return whether the console that stands there was built from these files."""
    try:
        built = (frontend / "dist" / "index.html").is_file()
        return built and _stamp(frontend).read_text() == digest
    except OSError:
        return False


def digest_of(frontend: Path) -> str:
    """Return a digest of everything that the console is made of."""
    digest = hashlib.sha256()
    for path in _inputs(frontend):
        digest.update(str(path.relative_to(frontend)).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(frontend: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(frontend):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT and name[0] != ".")
        for name in sorted(files):
            if name[0] != "." and not name.endswith(".tsbuildinfo"):
                yield Path(folder, name)


def _stamp(frontend: Path) -> Path:
    return frontend / "dist" / ".built-from"


async def _node(say: Callable[[str], None]) -> Found:
    found = await asyncio.to_thread(node.find)
    if found is None:
        say("installing Node.js to build the console, once, about 60 MB")
        lock = Path(sys.prefix).parent / "requirements" / "node.lock"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        await command.run([*pip, "-r", str(lock)], directory=str(lock.parent))
        found = await asyncio.to_thread(node.find)
    if found is None:
        raise ToolError("Node.js 20 or newer is not on this machine", hint="install it on PATH")
    return found


def _settings(found: Found) -> dict[str, str]:
    folder = str(found.path.parent)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "1"}
