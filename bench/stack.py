"""What is measured: a stack, its tiers and the ground that both stacks stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

TIERS: Final = ("frontend", "gateway", "backend", "database", "cache")


@dataclass(frozen=True, slots=True)
class Ground:
    """What both stacks share: servers, signing keys, the caller and the allowances."""

    database_url: str
    redis_url: str
    jwks: str
    issuer: str
    audience: str
    token: str
    credentials: str
    """What the caller signs in with, as JSON."""
    pool_size: int
    limit_requests: int
    limit_seconds: int
    shared: Mapping[str, Sequence[int]]
    """The first processes of the database and the cache, by tier."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One side: where it listens, and the first processes of each of its tiers."""

    name: str
    url: str
    tiers: Mapping[str, Sequence[int]]


class BenchError(Exception):
    """The measurement cannot be made or is not valid; the text says why."""
