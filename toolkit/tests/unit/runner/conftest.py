"""What tests of the runner share: processes to describe, and surroundings that only listen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process
from groundplan.runner import process
from groundplan.runner.replica import Replica, Surroundings

MakeReplica = Callable[..., Replica]


@pytest.fixture
def make_process(tmp_path: Path) -> Callable[..., Process]:
    """Return what describes a replica of a small program."""

    def made(**changes: Any) -> Process:
        probe = Probe(period=0.05, timeout=0.5, failures=100)
        known: dict[str, Any] = {
            "component": "web",
            "replica": 1,
            "kind": "service",
            "program": "python",
            "arguments": (),
            "port": 1,
            "probes": Probes(startup=probe, readiness=probe, liveness=probe),
            "directory": str(tmp_path),
        }
        return Process(**{**known, **changes})

    return made


@pytest.fixture
def make_replica(make_process: Callable[..., Process], tmp_path: Path) -> MakeReplica:
    """Return what makes a replica that is never started."""

    async def no_command(_: Replica) -> process.Command:
        raise AssertionError("nothing is started here")

    def made(**changes: Any) -> Replica:
        spec = make_process(**changes)
        around = Surroundings(no_command, lambda: None, lambda: "")
        return Replica(spec, (), tmp_path / f"{spec.name}.log", around)

    return made
