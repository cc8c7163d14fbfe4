"""Ports for what the measurements start."""

import socket

import pytest

from bench import process

FIRST_OF_CALLERS = 32_768
"""Of the ports that Linux gives to who calls, where it was told nothing else."""


def test_no_port_is_given_twice() -> None:
    """Whoever asked first may not listen yet."""
    ports = [process.free_port() for _ in range(200)]
    assert 200 == len(set(ports))


def test_a_port_is_none_that_a_caller_may_be_given() -> None:
    """A connection that begins in between would else sit on it."""
    assert all(process.free_port() < FIRST_OF_CALLERS for _ in range(200))


def test_a_port_that_somebody_listens_on_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: of two ports one is taken, and the other is returned."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        used, free = taken.getsockname()[1], process.free_port()
        process._given.discard(free)
        monkeypatch.setattr(process, "_PORTS", (used, free))
        assert free == process.free_port()
