"""One running platform for all stack tests, stopped and removed whatever happens."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stack import People, Stack, people

TOKENS_ARE_FRESH_FOR = 150.0


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start the whole platform once; two replicas of every tier."""
    running = Stack(tmp_path_factory.mktemp("data"), Path(__file__).parent / "platform.yaml")
    started = running.up("--port-base", "18080")
    try:
        assert started.returncode == 0, started.stderr + running.run("logs", "-n", "20").stdout
        yield running
    finally:
        running.run("down")


@pytest.fixture
def ready(stack: Stack) -> Stack:
    """Return the platform once everything is ready, so that no test inherits another's faults."""
    deadline = time.monotonic() + 30
    while (seen := stack.run("status")).returncode != 0 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert seen.returncode == 0, seen.stdout
    return stack


@pytest.fixture(scope="session")
def _desk(stack: Stack) -> Callable[[], People]:
    """Sign everyone in, and again when the tokens near their end."""
    held: list[tuple[float, People]] = []

    def serve() -> People:
        if not held or time.monotonic() - held[-1][0] > TOKENS_ARE_FRESH_FOR:
            held.append((time.monotonic(), people(stack)))
        return held[-1][1]

    return serve


@pytest.fixture
def signed_in(ready: Stack, _desk: Callable[[], People]) -> People:
    """One signed-in person of each role, with tokens that last for the test."""
    return _desk()
