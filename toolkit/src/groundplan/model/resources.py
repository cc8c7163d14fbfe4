"""CPU, memory and copies: what a component asks for and may use."""

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Cpu, Duration, Share, Size


class Amount(Entity):
    """An amount of CPU (cores) and memory (bytes)."""

    cpu: Cpu
    memory: Size


class Resources(Entity):
    """What is guaranteed and what is the most."""

    requests: Amount
    limits: Amount


class Replicas(Entity):
    """How many copies run, at the least and at the most."""

    min: Positive
    max: Positive


class Scaling(Entity):
    """When copies are added: at this average use of what was requested."""

    cpu: Share = 0.7
    memory: Share = 0.8
    scale_down_after: Duration = 300.0
