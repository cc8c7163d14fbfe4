"""Child processes that end with the bench, free ports, and waiting until something answers."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx

from bench.stack import BenchError

_LIBC: Final = ctypes.CDLL(None)
_PR_SET_PDEATHSIG: Final = 1
_PORTS: Final = range(20_000, 32_000)
_given: Final[set[int]] = set()


def free_port() -> int:
    """Return a loopback port that nobody listens on, and that was not returned before.

    Below those that Linux gives to who calls: such a port may be gone before it is used.
    """
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def start(argv: Sequence[str], *, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a program in its own session; it is killed when the bench dies."""
    with log.open("ab") as output:
        return subprocess.Popen(
            argv,
            env={"PATH": os.environ["PATH"], **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def stop(process: subprocess.Popen[bytes], *, grace: float = 5) -> None:
    """End a program that `start` began, with force after `grace` seconds."""
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_answers(url: str, *, seconds: float = 20) -> None:
    """Poll until the address answers below 500.

    Raises:
        BenchError: it did not within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=2).status_code < 500:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise BenchError(f"{url} did not answer within {seconds:.0f} s")


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
