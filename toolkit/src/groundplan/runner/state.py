"""The states of a replica."""

from enum import StrEnum


class State(StrEnum):
    """What a replica is doing."""

    PENDING = "pending"
    STARTING = "starting"
    READY = "ready"
    UNREADY = "unready"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    BACKOFF = "backoff"


TROUBLED = frozenset({State.FAILED, State.BACKOFF})
"""States in which a replica comes with its last log lines."""
