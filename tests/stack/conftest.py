"""One running platform for all stack tests, stopped and removed whatever happens.

With GROUNDPLAN_STACK_TLS=1 every connection in it, and every one of the tests, is encrypted.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stack import Desk, People, Stack
from steady import is_encrypted


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start the whole platform once; two replicas of every tier."""
    file = "encrypted.yaml" if is_encrypted() else "platform.yaml"
    running = Stack(tmp_path_factory.mktemp("data"), Path(__file__).parent / file)
    words = ["--tls"] if is_encrypted() else []
    try:
        started = running.up("--port-base", "18080", *words)
        os.environ |= running.trust()
        assert started.returncode == 0, started.stderr + running.run("logs", "-n", "20").stdout
        yield running
    finally:
        running.run("down")


@pytest.fixture
def ready(stack: Stack) -> Stack:
    """Return the platform once everything is ready, so that no test inherits another's faults."""
    deadline = time.monotonic() + 90
    while (late := stack.late()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [] == late
    return stack


@pytest.fixture(scope="session")
def desk(stack: Stack) -> Desk:
    """Where people sign in."""
    return Desk(stack)


@pytest.fixture
def signed_in(ready: Stack, desk: Desk) -> People:
    """One signed-in person of each role, with tokens that last for the test."""
    return desk.serve()
