"""A service: what runs, in how many copies, whom it calls and how callers reach it."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from groundplan.model.entity import Entity, Name, Positive, Text, Word
from groundplan.model.probe import Probes
from groundplan.model.quantity import Duration
from groundplan.model.resilience import Resilience
from groundplan.model.resources import Amount, Replicas, Resources, Scaling
from groundplan.model.route import Limits, Routes


class Kind(StrEnum):
    """What a service is; all but `service` are Groundplan's own."""

    STATIC = "static"
    GATEWAY = "gateway"
    AUTHORIZATION = "authorization"
    BACKEND = "backend"
    SERVICE = "service"


Entrance = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.]+:[A-Za-z0-9_.]+$")]


class Run(Entity):
    """How a program of the user's is started; exactly one of `asgi`, `wsgi` and `command`."""

    directory: Word | None = None
    """Folder of the program, relative to the file."""
    requirements: Annotated[tuple[Word, ...], Field(strict=False)] = ()
    """Packages from PyPI, each with its version, or `-r FILE`, which counts from `directory`."""
    asgi: Entrance | None = None
    """An ASGI application, as module:name."""
    wsgi: Entrance | None = None
    """A WSGI application, as module:name."""
    command: Annotated[tuple[Word, ...], Field(strict=False)] = ()
    """Program and arguments; $PORT and $HOST are filled in."""
    image: Word | None = None
    """Container image for Kubernetes."""

    @model_validator(mode="after")
    def _one_way_to_start(self) -> Self:
        if sum(map(bool, (self.asgi, self.wsgi, self.command))) != 1:
            raise ValueError("must have exactly one of asgi, wsgi and command")
        return self


class DatabaseUse(Entity):
    """How a service uses the database that it calls."""

    pool_size: Positive = 5
    """Connections a replica holds at the most."""


EnvironmentVariable = Annotated[str, StringConstraints(pattern=r"^[A-Z_][A-Z0-9_]*$")]

EnvironmentValue = Annotated[str, StringConstraints(max_length=8192, pattern=r"^[^\x00]*$")]

MEBI = 1 << 20
MODEST = Resources(
    requests=Amount(cpu=0.1, memory=128.0 * MEBI), limits=Amount(cpu=0.5, memory=256.0 * MEBI)
)


class Service(Entity):
    """One service of the platform."""

    kind: Annotated[Kind, Field(strict=False)]
    """`service` for a program of your own; the others are Groundplan's."""
    description: Text = ""
    """What it does, in one line."""
    run: Run | None = None
    """How a program of your own is started."""
    replicas: Replicas = Replicas(min=2, max=10)
    """How many copies run."""
    resources: Resources = MODEST
    """CPU and memory of one copy."""
    scaling: Scaling | None = None
    """Own thresholds; the platform's where there are none."""
    calls: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    """Arrows of the architecture: other services, `database`, `cache` or `storage`."""
    routes: Routes = ()
    """Paths of the gateway that lead here; a path alone stands for all defaults."""
    limits: Limits = Limits()
    """Bounds on what one caller may ask."""
    resilience: Resilience = Resilience()
    """Time-out, retries, breaker and outlier detection of calls to it."""
    probes: Probes | None = None
    """How it is asked whether it is well; those fit for the kind where not given."""
    drain: Duration = 10.0
    """How long a stopping replica may finish what it has begun."""
    database: DatabaseUse = DatabaseUse()
    """How it uses the database that it calls."""
    env: dict[EnvironmentVariable, EnvironmentValue] = Field(default_factory=dict)
    """More environment variables for a program of your own; no secrets."""

    @property
    def is_own(self) -> bool:
        """Whether the program is the user's, not Groundplan's."""
        return self.kind is Kind.SERVICE

    @property
    def effective_probes(self) -> Probes:
        """The probes as written, else those fit for the kind."""
        return self.probes or (Probes.connecting() if self.is_own else Probes.asking())
