"""CPU, memory and copies: what a component asks for and may use."""

from typing import Annotated

from pydantic import Field

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Cpu, Duration, Share, Size


class Amount(Entity):
    """An amount of CPU (cores) and memory (bytes)."""

    cpu: Cpu
    """Thousandths of a core."""
    memory: Size
    """Memory."""


class Resources(Entity):
    """What is guaranteed and what is the most."""

    requests: Amount
    """What is guaranteed."""
    limits: Amount
    """What is the most."""


class Replicas(Entity):
    """How many copies run, at the least and at the most."""

    min: Positive
    """The least copies, and how many run on one machine."""
    max: Positive
    """The most copies."""


class Scaling(Entity):
    """When copies are added: at this average use of what was requested."""

    cpu: Annotated[Share, Field(gt=0)] = 0.7
    """Average use of the requested CPU."""
    memory: Annotated[Share, Field(gt=0)] = 0.8
    """Average use of the requested memory."""
    scale_down_after: Duration = 300.0
    """How long less must be used before copies are taken away."""
