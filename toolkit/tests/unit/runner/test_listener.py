"""The frontend's socket is shared, and taken back from those who hold it."""

import os
import socket
import subprocess
import sys

import pytest

from groundplan.runner import listener


@pytest.fixture
def shared():
    """Return a socket of ours on some port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with listener.open_port(port) as found:
        yield found


def test_nobody_is_let_in_before_it_is_time(shared):
    """Connections are refused until somebody will accept them."""
    with socket.socket() as caller:
        assert 0 != caller.connect_ex(shared.getsockname())
    listener.admit(shared)
    with socket.socket() as caller:
        assert 0 == caller.connect_ex(shared.getsockname())


def test_who_loses_the_race_for_a_connection_does_not_wait(shared):
    """Accepting where nothing waits returns at once, for every holder of the socket."""
    assert not os.get_blocking(shared.fileno())


@pytest.mark.skipif(sys.platform != "linux", reason="only elsewhere: Linux alone can do this")
def test_it_is_taken_back_from_a_process(shared):
    """A new supervisor gets the very socket that a replica still holds."""
    listener.admit(shared)
    number = shared.fileno()
    child = subprocess.Popen(["sleep", "30"], pass_fds=(number,))
    try:
        port = shared.getsockname()[1]
        taken = listener.take_back(child.pid, number, port)
        assert taken is not None
        with taken:
            assert os.fstat(number).st_ino == os.fstat(taken.fileno()).st_ino
        assert listener.take_back(child.pid, number, port + 1) is None
        assert listener.take_back(child.pid, 250, port) is None
    finally:
        child.kill()
        child.wait()
