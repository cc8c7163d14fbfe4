"""Probes: the same definitions for this machine and for Kubernetes."""

from typing import Annotated, Self

from pydantic import StringConstraints

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Duration

UrlPath = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9/_.\-]*$")]


class Probe(Entity):
    """One question asked again and again; without a path, that a connection opens."""

    path: UrlPath | None = None
    """Where to ask; an answer from 200 to 399 means yes."""
    period: Duration = 5.0
    """How often it is asked."""
    timeout: Duration = 1.0
    """How long an answer may take."""
    failures: Positive = 3
    """So many in a row mean no."""


class Probes(Entity):
    """When a replica has started, may get requests, and must be replaced."""

    startup: Probe
    """Whether it has started; until then nothing else is asked."""
    readiness: Probe
    """Whether it may get requests."""
    liveness: Probe
    """Whether it must be replaced when it is not."""

    @classmethod
    def asking(cls) -> Self:
        """Probes of a service that answers health questions."""
        return cls(
            startup=Probe(path="/healthz/live", period=0.2, failures=150),
            readiness=Probe(path="/healthz/ready", period=2.0),
            liveness=Probe(path="/healthz/live", period=5.0),
        )

    @classmethod
    def connecting(cls) -> Self:
        """Probes of a program of which only its port is known."""
        return cls(
            startup=Probe(period=0.2, failures=300), readiness=Probe(period=2.0), liveness=Probe()
        )
