"""Runs a program to its end for the runner, keeping its words; programs die with their task."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.tools import unprivileged as launcher

FULL = ("No space left", "wrote only")
"""How programs say that the disk is full."""
KEPT = 20
"""Lines of a failed program that are kept."""
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "PYTHONPATH")
"""Of our own environment, what programs get; all else comes from the platform."""


class CommandError(ToolError):
    """A program failed; holds the last lines that it said."""

    def __init__(self, message: str, log: list[str], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.log = log


def environment(data: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a program that belongs to a data folder."""
    own = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**own, "GROUNDPLAN_DATA": data, **(more or {})}


def unprivileged(arguments: Sequence[str], data: str, given: Sequence[str] = ()) -> list[str]:
    """Return the arguments that start a program as somebody who is not root.

    Args:
        arguments: program and arguments.
        data: the data folder.
        given: paths in it that must belong to whoever runs the program.
    """
    if os.getuid() != 0 or sys.platform != "linux":
        return list(arguments)
    words = ["--data", data, *(word for path in given for word in ("--give", path))]
    return [sys.executable, "-I", "-S", launcher.__file__, *words, *arguments]


async def run(
    arguments: Sequence[str],
    *,
    directory: str,
    settings: Mapping[str, str] | None = None,
    log: Path | None = None,
    heard: Callable[[str], None] = lambda _: None,
) -> None:
    """Run a program to its end.

    Args:
        arguments: program and arguments.
        directory: where it is started.
        settings: its environment; ours where there is none.
        log: a file that gets its words as well.
        heard: is given every line that it says.

    Raises:
        CommandError: it could not be started, or failed.
    """
    name = _name(arguments)
    try:
        child = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=directory,
            env=settings,
            start_new_session=True,
            limit=1 << 20,
        )
    except OSError as error:
        raise CommandError(f"{name} cannot be started: {error.strerror}", []) from None
    lines: list[str] = []
    try:
        await _listen(child, lines, log, heard)
    finally:
        _end(child)
    if code := await child.wait():
        raise CommandError(f"{name} failed with code {code}{_reason(lines)}", lines)


async def _listen(
    child: asyncio.subprocess.Process,
    lines: list[str],
    log: Path | None,
    heard: Callable[[str], None],
) -> None:
    assert child.stdout
    async for raw in child.stdout:
        line = raw.decode(errors="replace").rstrip()
        lines.append(line)
        del lines[:-KEPT]
        heard(line)
        if log:
            with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    await child.wait()


def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _name(arguments: Sequence[str]) -> str:
    """Return the program's name, not that of what starts it without rights."""
    rest = list(arguments)
    if launcher.__file__ in rest:
        rest = rest[rest.index(launcher.__file__) + 1 :]
        while rest[0] in ("--data", "--give"):
            rest = rest[2:]
    return Path(rest[0]).name


def _reason(lines: Sequence[str]) -> str:
    """Return the line that most likely says why."""
    if any(sign in line for line in lines for sign in FULL):
        return ": the disk is full"
    words = ("FATAL", "PANIC", "ERROR", "rror:", "could not")
    telling = (line for word in words for line in lines if word in line)
    said = next(telling, next((line for line in reversed(lines) if line.strip()), ""))
    return f": {said.strip()}" if said else ""
