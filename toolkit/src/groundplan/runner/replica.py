"""One replica: its state, and the task that starts it, asks after it and starts it again."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groundplan.errors import GroundplanError
from groundplan.model.process import Process
from groundplan.runner import probe, process, record
from groundplan.runner.backoff import Backoff
from groundplan.runner.gate import Gate
from groundplan.runner.journal import last_lines
from groundplan.runner.startup import way
from groundplan.runner.startup.way import Way
from groundplan.runner.state import State

STEADY = 30.0
"""Seconds of being ready after which earlier failures are forgotten."""
HOPELESS = 5
"""Failures in a row after which a replica counts as failed; it is still tried again."""
EAGER = 0.2
"""Seconds between questions until the first good answer."""
UNWELL_GRACE = 3.0
"""Seconds that a replica which does not answer gets to end by itself."""


@dataclass(slots=True)
class Surroundings:
    """What a replica needs from its supervisor."""

    command: "Callable[[Replica], Awaitable[process.Command]]"
    """Makes ready what a start needs and says how to start."""
    changed: Callable[[], None]
    """Is told of every change of state."""
    password: Callable[[], str]
    """Returns the cache's password, for probes."""
    way: "Callable[[Replica], Way]" = way.unheard
    """Returns where a start is written down."""


class Replica:
    """One replica of a component."""

    def __init__(
        self, spec: Process, gates: Sequence[Gate], log: Path, surroundings: Surroundings
    ) -> None:
        self.spec = spec
        self.gates = gates
        self.log = log
        self.state = State.PENDING
        self.detail = ""
        self.restarts = 0
        self.started_at: str | None = None
        self.since = time.monotonic()
        self.running: process.Running | None = None
        self.descriptor = 0
        """Under which number its process holds the shared listening socket; 0 for none."""
        self.draining = False
        self.must_reload = False
        """Whether files have changed that it reads again when told."""
        self.about = ""
        """What it is: the program and its version."""
        self.digest = ""
        """Of everything that the running process was started with."""
        self._around = surroundings
        self._backoff = Backoff()
        self._task: asyncio.Task[None] | None = None
        self._ready_since: float | None = None
        self._way: Way | None = None
        """Of a start that goes on."""
        self._moved = asyncio.Event()

    @property
    def name(self) -> str:
        """The replica's name."""
        return self.spec.name

    @property
    def kept(self) -> record.Kept | None:
        """What the next supervisor must know of its process, where it has one."""
        if self.running is None:
            return None
        return record.Kept(
            component=self.spec.component,
            replica=self.spec.replica,
            pid=self.running.pid,
            started=self.running.started,
            started_at=self.started_at or "",
            restarts=self.restarts,
            port=self.spec.port,
            digest=self.digest,
            descriptor=self.descriptor,
            stop=str(self.spec.stop),
            drain=self.spec.drain,
            about=self.about,
        )

    @property
    def is_ready(self) -> bool:
        """Whether it may get requests."""
        return self.state is State.READY

    def begin(self) -> None:
        """Start it, and keep it running from now on."""
        if self.running is not None:
            self._way = self._around.way(self)
            self._way.adopted(self.running.pid)
            self.enter(State.STARTING)
        self._task = asyncio.create_task(self._live(), name=self.name)

    def adopt(self, running: process.Running, kept: record.Kept) -> None:
        """Take over the process that an earlier supervisor started for it."""
        self.running, self.started_at, self.restarts = running, kept.started_at, kept.restarts
        self.digest, self.descriptor, self.about = kept.digest, kept.descriptor, kept.about

    async def stop(self) -> None:
        """End it and leave it ended."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self.running is not None:
            self.enter(State.STOPPING)
            await self.running.stop(signal.Signals[self.spec.stop], self.spec.drain)
            self.running = None
        self._leave_way(Way.stopped)
        self.enter(State.STOPPED)

    async def reaches(self, *states: State) -> State:
        """Wait until it is in one of some states."""
        while self.state not in states:
            self._moved.clear()
            await self._moved.wait()
        return self.state

    def reload(self) -> None:
        """Have it read its files again, as soon as it is able to."""
        if self.running and self.must_reload and self.state in (State.READY, State.UNREADY):
            self.must_reload = False
            self.running.send(signal.SIGHUP)

    def enter(self, state: State, detail: str = "") -> None:
        """Change the state."""
        if (state, detail) == (self.state, self.detail):
            return
        if state is not self.state:
            self.since = time.monotonic()
            self._ready_since = self.since if state is State.READY else None
        self.state, self.detail = state, detail
        if state is State.READY:
            self._leave_way(Way.arrived)
        self._moved.set()
        self._around.changed()

    async def _live(self) -> None:
        while True:
            ready_for = 0.0
            try:
                if self.running is None:
                    await self._start()
                reason, ready_for = await self._watch()
            except (GroundplanError, OSError) as error:
                reason = _why(error)
                self._fail_on_way(reason)
            if ready_for >= STEADY:
                self._backoff.succeeded()
            pause = self._backoff.failed()
            hopeless = self._backoff.failures >= HOPELESS
            self.restarts += 1
            self.enter(State.FAILED if hopeless else State.BACKOFF, self._explain(reason))
            await asyncio.sleep(pause)

    async def _start(self) -> None:
        if self._way is None:
            self._way = self._around.way(self)
        if self.state is not State.FAILED:
            self.enter(State.PENDING)
        for gate in self.gates:
            if not gate.is_done:
                with self._way.waiting(gate.name):
                    await gate.passed()
        self._way.tries()
        command = await self._around.command(self)
        if self.state is not State.FAILED:
            self.enter(State.STARTING)
        self.running = process.start(command)
        self._way.spawned(self.running.pid)
        self.descriptor = next(iter(command.descriptors), 0)
        self.started_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._around.changed()

    async def _watch(self) -> tuple[str, float]:
        assert self.running is not None
        running = self.running
        health = asyncio.create_task(self._stay_well())
        try:
            both: set[asyncio.Future[Any]] = {health, running.ended}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            ready_for = time.monotonic() - self._ready_since if self._ready_since else 0.0
            if running.ended.done():
                reason = _how_it_ended(running.ended.result())
                self._fail_on_way(reason, running.ended.result())
            else:
                reason = health.result()
                self._fail_on_way(reason)
        finally:
            health.cancel()
        self.enter(State.UNREADY, reason)
        await self._clear(running)
        return reason, ready_for

    def _fail_on_way(self, reason: str, code: int | None = None) -> None:
        if self._way is not None:
            self._way.failed(reason, code)

    def _leave_way(self, end: Callable[[Way], None]) -> None:
        if self._way is not None:
            end(self._way)
            self._way = None

    async def _clear(self, running: process.Running) -> None:
        if not running.ended.done():
            await running.stop(signal.Signals[self.spec.stop], UNWELL_GRACE)
        first = signal.Signals[self.spec.stop] if self.spec.shares_socket else signal.SIGKILL
        await process.clear_group(running.pid, first)
        self.running = None

    async def _stay_well(self) -> str:
        """Ask until the replica must be replaced; return why."""
        if reason := await self._has_started():
            return reason
        ready = asyncio.create_task(self._follow_readiness())
        try:
            return await self._lose_liveness()
        finally:
            ready.cancel()

    async def _has_started(self) -> str:
        startup = self.spec.probes.startup
        for _ in range(startup.failures):
            reason = await probe.ask(self.spec, startup, self._around.password())
            if not reason:
                return ""
            await asyncio.sleep(startup.period)
        return f"did not start within {startup.failures * startup.period:g} s: {reason}"

    async def _follow_readiness(self) -> None:
        readiness, failures = self.spec.probes.readiness, 0
        while True:
            reason = await probe.ask(self.spec, readiness, self._around.password())
            failures = failures + 1 if reason else 0
            if not reason:
                self.enter(State.READY)
            elif failures >= readiness.failures or not self.is_ready:
                self.enter(State.UNREADY, reason)
            eager = bool(reason) and not self.is_ready
            await asyncio.sleep(min(EAGER, readiness.period) if eager else readiness.period)

    async def _lose_liveness(self) -> str:
        liveness, failures, reason = self.spec.probes.liveness, 0, ""
        while failures < liveness.failures:
            await asyncio.sleep(liveness.period)
            reason = await probe.ask(self.spec, liveness, self._around.password())
            failures = failures + 1 if reason else 0
        return f"liveness lost: {reason}"

    def _explain(self, reason: str) -> str:
        if self._backoff.failures < HOPELESS:
            return reason
        last = next(reversed(last_lines(self.log, 1)), "")
        return f"{reason}: {last}" if last else reason


def _why(error: GroundplanError | OSError) -> str:
    if isinstance(error, GroundplanError):
        return error.message
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "ended"
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exited with code {code}"
