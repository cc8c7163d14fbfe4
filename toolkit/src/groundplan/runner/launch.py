"""Says how a replica is started: which program, from where, with which settings."""

import asyncio
import hashlib
import json
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.model.process import Process, Program
from groundplan.runner import cluster, command, listener
from groundplan.runner.process import Command
from groundplan.runner.startup import trace
from groundplan.tools import envoy, nginx, postgres, prometheus, redis
from groundplan.tools.found import Found


class Launcher:
    """Finds programs, once each, and puts commands together."""

    def __init__(self, folders: Folders, database_major: int) -> None:
        self._folders = folders
        self._major = database_major
        self._found: dict[str, Found] = {}
        self._searching = asyncio.Lock()
        self.listeners: dict[str, socket.socket] = {}
        """By component: the socket that its replicas share."""

    async def find(self, program: str) -> Found | None:
        """Return an outside program; None for programs that are not ours to find.

        Raises:
            ToolError: it is not on this machine.
        """
        search = self._searches().get(program)
        if search is None:
            return None
        async with self._searching:
            if program not in self._found:
                with trace.step(f"find {program}"):
                    self._found[program] = await asyncio.to_thread(search)
        return self._found[program]

    def about(self, process: Process) -> str:
        """Return which program a replica is, where that is known, and what else counts."""
        found = self._found.get(process.program)
        return ", ".join(filter(None, (str(found) if found else "", process.note)))

    async def command(self, process: Process) -> Command:
        """Return how to start a replica.

        Raises:
            ToolError: its program is not on this machine.
        """
        arguments = [await self.path(process.program), *process.arguments]
        if process.unprivileged:
            own = f"{self._folders.certificates}/{process.component}"
            given = [self._folders.database, f"{self._folders.config}/postgres", own]
            arguments = command.unprivileged(arguments, self._folders.data, given)
        shared = self.listeners.get(process.component)
        if shared:
            listener.admit(shared)
        inherited = {"NGINX": f"{shared.fileno()};"} if shared else {}
        return Command(
            arguments=arguments,
            environment=command.environment(
                self._folders.data, {**process.environment, **inherited}
            ),
            directory=process.directory,
            log=log_of(self._folders, process.name),
            descriptors=(shared.fileno(),) if shared else (),
        )

    async def path(self, program: str) -> str:
        """Return the path of a program.

        Raises:
            ToolError: it is not on this machine.
        """
        if program == Program.PYTHON:
            return sys.executable
        found = await self.find(program)
        if found:
            return str(found.path)
        if program.startswith("/") and not Path(program).exists():
            raise ToolError(f"{program} is not there")
        return program

    def _searches(self) -> dict[str, Callable[[], Found]]:
        return {
            Program.ENVOY: envoy.find,
            Program.NGINX: nginx.find,
            Program.REDIS: redis.find,
            Program.PROMETHEUS: prometheus.find,
            Program.POSTGRES: lambda: postgres.find(self._major, cluster.made_by(self._folders)),
        }


def log_of(folders: Folders, name: str) -> Path:
    """Return the log of a replica."""
    return Path(folders.logs, f"{name}.log")


def digest_of(process: Process) -> str:
    """Return a digest of everything that a replica reads once, when it is started."""
    told = [process.program, process.arguments, dict(process.environment), process.directory]
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for path in process.reads:
        try:
            digest.update(Path(path).read_bytes())
        except OSError:
            digest.update(b"\0missing")
    return digest.hexdigest()


def stop_signal(process: Process) -> signal.Signals:
    """Return the signal that asks a replica to end."""
    return signal.Signals[process.stop]
