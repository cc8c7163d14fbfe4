"""The socket on which all frontend replicas accept: made once, handed to each, never lost.

A new supervisor takes it back from a replica that still runs. Where the system does not
allow that, it opens a second one on the same port, and the replicas must be rolled.
"""

import ctypes
import os
import socket
import sys

from groundplan.runner.port import HOST

PIDFD_GETFD = 438
BACKLOG = 1024


def open_port(port: int) -> socket.socket:
    """Take a port that others of us may share; nobody is let in before `admit`.

    Raises:
        OSError: somebody else listens there.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    # nginx leaves inherited sockets as they are, and replicas race for each connection: the
    # one that loses must not wait in accept.
    listener.setblocking(False)
    listener.bind((HOST, port))
    return listener


def admit(listener: socket.socket) -> None:
    """Let connections in; they wait until somebody accepts them."""
    listener.listen(BACKLOG)


def take_back(pid: int, descriptor: int, port: int) -> socket.socket | None:
    """Return the listening socket that a process holds, or None where it cannot be had."""
    if sys.platform != "linux" or not descriptor:
        return None
    number = _descriptor_of(pid, descriptor)
    if number is None:
        return None
    listener = socket.socket(fileno=number)
    try:
        if listener.getsockname() == (HOST, port):
            return listener
    except OSError:
        pass
    listener.close()
    return None


def _descriptor_of(pid: int, descriptor: int) -> int | None:
    try:
        process = os.pidfd_open(pid)
    except OSError:
        return None
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        number = int(libc.syscall(PIDFD_GETFD, process, descriptor, 0))
    finally:
        os.close(process)
    return number if number >= 0 else None
