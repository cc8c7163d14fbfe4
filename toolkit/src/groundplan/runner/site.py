"""Builds the console once: again only when what it is made of has changed."""

import asyncio
import contextlib
import hashlib
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.runner import command, disk
from groundplan.runner.folders import private_folder
from groundplan.runner.lock import Lock
from groundplan.runner.startup import trace
from groundplan.tools import node, packages
from groundplan.tools.found import Found

LEFT_OUT = frozenset({"node_modules", "dist", "dist.new", "coverage", "tests"})
USUAL = 30
"""Seconds that a build takes on a small machine, packages included, for people to know."""
WAIT = 0.5
NODE_LOCK = Path(__file__).resolve().parents[4] / "requirements" / "node.lock"
STAMP = ".built-from"


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
    say("another copy is building the console")
    async with _alone(frontend):
        if not is_built(frontend, digest):
            say(f"building the console, once, about {USUAL} s")
            await _build(frontend, digest, say)


async def _build(frontend: Path, digest: str, say: Callable[[str], None]) -> None:
    found = await _node(say)
    program, settings = node.npm(found), _settings(found)
    began = time.monotonic()

    def heard(line: str) -> None:
        say(f"building the console, {time.monotonic() - began:.0f} s: {line[:40]}")

    async def npm(*words: str) -> None:
        arguments = [*program, *words]
        with trace.step(f"npm {words[0]}"):
            await command.run(arguments, directory=str(frontend), settings=settings, heard=heard)

    if not _has_packages(frontend):
        await npm("ci", "--omit=dev", "--no-audit", "--no-fund")
    made = frontend / "dist.new"
    await npm("run", "build", "--", "--outDir", made.name, "--emptyOutDir")
    disk.write(made / STAMP, digest)
    shutil.rmtree(frontend / "dist", ignore_errors=True)
    os.replace(made, frontend / "dist")


def link(folder: Path, place: Path) -> None:
    """Have a link at `place` lead to a built console; no request finds it missing meanwhile."""
    if place.is_symlink() and place.readlink() == folder:
        return
    new = place.with_name(f".{place.name}-new")
    new.unlink(missing_ok=True)
    new.symlink_to(folder)
    os.replace(new, place)


@contextlib.asynccontextmanager
async def _alone(frontend: Path) -> AsyncIterator[None]:
    name = hashlib.sha256(os.fsencode(frontend)).hexdigest()[:12]
    path = private_folder() / f"console-{name}.lock"
    while (lock := Lock.take(path)) is None:  # noqa: ASYNC110 - held by another process
        await asyncio.sleep(WAIT)
    try:
        yield
    finally:
        lock.release()


def _has_packages(frontend: Path) -> bool:
    """Return whether node_modules is what the lock asks for, as npm itself wrote down."""
    try:
        installed = (frontend / "node_modules" / ".package-lock.json").stat().st_mtime
        return installed >= (frontend / "package-lock.json").stat().st_mtime
    except OSError:
        return False


def is_built(frontend: Path, digest: str) -> bool:
    """Return whether the console that stands there was built from these files."""
    try:
        built = (frontend / "dist" / "index.html").is_file()
        return built and (frontend / "dist" / STAMP).read_text() == digest
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
            if name[0] != "." and not name.endswith(".tsbuildinfo") and ".test." not in name:
                yield Path(folder, name)


async def _node(say: Callable[[str], None]) -> Found:
    found = await asyncio.to_thread(node.find)
    if found is None:
        say("installing Node.js to build the console, once, about 60 MB")
        words = packages.install(sys.executable, ["--require-hashes", "-r", str(NODE_LOCK)])
        with trace.step("install Node.js"):
            await command.run(words, directory=str(NODE_LOCK.parent))
        found = await asyncio.to_thread(node.find)
    if found is None:
        raise ToolError("Node.js 20 or newer is not on this machine", hint="install it on PATH")
    return found


def _settings(found: Found) -> dict[str, str]:
    folder = str(found.path.parent)
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "CI": "1", "NO_COLOR": "1"}
