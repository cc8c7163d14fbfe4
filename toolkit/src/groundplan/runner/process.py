"""One process of the operating system: started apart from us, or found again and adopted.

Started processes lead a session of their own and write straight to their log, so that they
outlive the supervisor; adopted ones are the same but for their exit code, which only a
parent is told.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from groundplan.runner import identity

POLL = 0.02


@dataclass(frozen=True, slots=True)
class Command:
    """Everything that starting a process takes."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    directory: str
    log: Path
    descriptors: tuple[int, ...] = ()
    """Open files that the process inherits under the same numbers."""


@dataclass(slots=True)
class Running:
    """A process that runs, or has just ended."""

    pid: int
    started: str
    """What tells it from a later process with this number."""
    ended: "asyncio.Future[int | None]" = field(repr=False)
    """Done when it has ended; the exit code, negative for a signal, None where unknown."""

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process itself, if it is still there."""
        if not self.ended.done() and identity.of(self.pid) == self.started:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def stop(self, number: signal.Signals, grace: float) -> None:
        """Ask the process to end, wait, and kill it and what it started if it does not."""
        self.send(number)
        # No wait_for: until Python 3.12 it loses a cancellation that comes just when this is done,
        # and who waits for the cancelled task waits for ever.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await asyncio.shield(self.ended)
        if not self.ended.done():
            self.send(signal.SIGKILL)
            await self.ended
        await clear_group(self.pid)


def start(command: Command) -> Running:
    """Start a process.

    Raises:
        OSError: the program, its folder or its log cannot be opened.
    """
    with open(command.log, "ab", buffering=0) as log:
        child = subprocess.Popen(
            command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=command.directory,
            env=dict(command.environment),
            start_new_session=True,
            pass_fds=command.descriptors,
        )
    ended = _watch(child.pid, child)
    return Running(child.pid, identity.of(child.pid) or "gone", ended)


def adopt(pid: int, started: str) -> Running | None:
    """Take over a process that an earlier supervisor started; None where it is gone."""
    if identity.of(pid) != started:
        return None
    return Running(pid, started, _watch(pid, None))


def _watch(pid: int, child: "subprocess.Popen[bytes] | None") -> "asyncio.Future[int | None]":
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int | None] = loop.create_future()
    try:
        descriptor = os.pidfd_open(pid)
    except (AttributeError, OSError):
        task = loop.create_task(_poll(pid, child, ended))
        ended.add_done_callback(lambda _: task.cancel())
        return ended

    def tell() -> None:
        loop.remove_reader(descriptor)
        os.close(descriptor)
        if not ended.done():
            ended.set_result(child.wait() if child else None)

    loop.add_reader(descriptor, tell)
    return ended


async def _poll(
    pid: int, child: "subprocess.Popen[bytes] | None", ended: "asyncio.Future[int | None]"
) -> None:
    started = identity.of(pid)
    while started is not None and identity.of(pid) == started:  # noqa: ASYNC110
        await asyncio.sleep(5 * POLL)
    if not ended.done():
        ended.set_result(child.wait() if child else None)


async def clear_group(
    pid: int, first: signal.Signals = signal.SIGKILL, grace: float = 2.0
) -> None:
    """End what a process left behind in its group: with `first`, after `grace` by force."""
    for number in (first, signal.SIGKILL):
        if not identity.group_lives(pid):
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)
        deadline = time.monotonic() + grace
        while identity.group_lives(pid) and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(POLL)
