"""A streaming replica of the session's PostgreSQL, made as one is made elsewhere."""

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest


class Standby:
    """A second PostgreSQL that replays what the first has written."""

    def __init__(self, server: Any, url: str) -> None:
        self.server = server
        self.url = url

    async def run(self, statement: str) -> Any:
        """Run one statement there."""
        connection = await asyncpg.connect(self.url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()


@pytest.fixture
def standby(stack: Any, tmp_path: Path) -> Iterator[Standby]:
    """A copy of the whole server that follows it; ends with the test."""
    source, data = stack.postgres, tmp_path / "standby"
    program = shutil.which("pg_basebackup") or str(Path(source.argv[0]).with_name("pg_basebackup"))
    who = f"host=127.0.0.1 port={source.port} user=groundplan"
    argv = [program, "-d", who, "-D", str(data), "-R", "-X", "stream", "-c", "fast", "--no-sync"]
    subprocess.run(argv, check=True, preexec_fn=source.enter, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path / "socket"
    folder.mkdir()
    # The arguments of the first, with a folder, a port and a socket of its own.
    argv = [source.argv[0], "-D", str(data), "-p", str(port), "-c", "fsync=off"]
    argv += ["-c", f"unix_socket_directories={folder}", "-c", "listen_addresses=127.0.0.1"]
    argv += ["-c", "max_connections=100", "-c", "wal_receiver_status_interval=1s"]
    server = type(source)(argv, port, source.enter, signal.SIGINT, tmp_path / "standby.log")
    server.start()
    url = f"postgresql://groundplan@127.0.0.1:{port}/{stack.database}"
    yield Standby(server, url)
    server.stop(signal.SIGQUIT)
