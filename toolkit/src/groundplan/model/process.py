"""Processes of the local run: what the local target decides and the runner starts.

A process names its program by word; where that program stands on this machine is for the
runner to find out. Paths are whole, ports are decided, secrets stand in files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from groundplan.model.file import Files
from groundplan.model.probe import Probes


class Program(StrEnum):
    """The outside programs that a local run knows by word."""

    POSTGRES = "postgres"
    REDIS = "redis-server"
    ENVOY = "envoy"
    NGINX = "nginx"
    PYTHON = "python"
    PROMETHEUS = "prometheus"


class Question(StrEnum):
    """How a replica is asked whether it is well."""

    HTTP = "http"
    """GET the probe's path; a probe without one asks that a connection opens."""
    POSTGRES = "postgres"
    """Begin a session, as pg_isready does."""
    REDIS = "redis"
    """PING, with the password."""


class Signal(StrEnum):
    """Signals that ask a program to finish what it has begun and end."""

    TERMINATE = "SIGTERM"
    INTERRUPT = "SIGINT"
    QUIT = "SIGQUIT"


@dataclass(frozen=True, slots=True)
class Process:
    """One replica of a component as a process."""

    component: str
    replica: int
    """From 1."""
    kind: str
    """A kind of service, or the name of a store."""
    program: str
    """A `Program`, or the path of one."""
    arguments: tuple[str, ...]
    port: int
    probes: Probes
    directory: str
    """Where it is started."""
    environment: Mapping[str, str] = field(default_factory=dict)
    question: Question = Question.HTTP
    health_socket: str = ""
    """The unix socket where probes ask; empty where they ask on the port."""
    stop: Signal = Signal.TERMINATE
    drain: float = 10.0
    """Seconds that it may take to end."""
    after: tuple[str, ...] = ()
    """Gates that must be passed before it starts."""
    reads: tuple[str, ...] = ()
    """Files that it reads once: when they change it must be started anew."""
    reloads: tuple[str, ...] = ()
    """Files that it reads again on SIGHUP."""
    shares_socket: bool = False
    """Whether all replicas accept from one listening socket that the runner holds."""
    authority: str = ""
    """The file of who vouches for it; empty where probes speak to it unencrypted."""
    note: str = ""
    """What people should know of it beside its program."""
    unprivileged: bool = False
    """Whether it refuses, or should not have, the rights of root."""
    is_needed: bool = True
    """Whether a run is up only with it."""

    @property
    def name(self) -> str:
        """The replica's name in logs and files: `backend-1`."""
        return f"{self.component}-{self.replica}"


@dataclass(frozen=True, slots=True)
class Job:
    """A program that runs to its end before replicas may start."""

    name: str
    says: str
    """What the table shows while it runs."""
    program: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    directory: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A database of a service's own, with the role that owns it."""

    name: str
    """Of the database and of the role."""
    connections: int
    """The most that the role may open."""
    statement_timeout: float
    """Seconds."""
    is_watcher: bool = False
    """Whether it has no database, and reads the figures of all."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Packages that a service of the user's needs before it can start."""

    service: str
    requirements: tuple[str, ...]
    directory: str
    """The folder that `-r FILE` is relative to."""
    folder: str
    """The virtual environment to make."""


@dataclass(frozen=True, slots=True)
class Local:
    """A whole platform as files and processes of one machine."""

    files: Files
    processes: tuple[Process, ...]
    jobs: tuple[Job, ...]
    accounts: tuple[Account, ...]
    installations: tuple[Installation, ...]
