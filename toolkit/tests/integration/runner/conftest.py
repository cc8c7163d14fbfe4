"""What integration tests of the runner share: replicas of a small real server, always ended."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process
from groundplan.runner import process
from groundplan.runner.replica import Replica, Surroundings

SERVER = Path(__file__).with_name("server.py")


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def make_replica(tmp_path: Path, free_port: int) -> AsyncIterator[Callable[..., Replica]]:
    """Return what makes replicas of the server; whatever they started is ended afterwards."""
    made: list[Replica] = []
    probe = Probe(path="/", period=0.05, timeout=0.3, failures=3)
    startup = Probe(path="/", period=0.05, timeout=0.3, failures=200)

    def make(*words: str, **changes: Any) -> Replica:
        spec = Process(
            component="web",
            replica=1,
            kind="service",
            program=sys.executable,
            arguments=("-S", str(SERVER), str(free_port), *words),
            port=free_port,
            probes=Probes(startup=startup, readiness=probe, liveness=probe),
            directory=str(tmp_path),
            drain=2.0,
            **changes,
        )
        log = tmp_path / "web-1.log"

        async def command(replica: Replica) -> process.Command:
            words = [replica.spec.program, *replica.spec.arguments]
            return process.Command(words, {}, str(tmp_path), log)

        made.append(Replica(spec, (), log, Surroundings(command, lambda: None, lambda: "")))
        return made[-1]

    yield make
    for replica in made:
        pid = replica.running.pid if replica.running else None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(replica.stop(), 5)
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
