"""What the usual machine types hold, enough to say whether services fit on their nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

GIBI: Final = float(1 << 30)

_MEMORY_PER_CPU: Final[Mapping[str, int]] = {"c": 2, "m": 4, "r": 8}
_BURSTABLE: Final[Mapping[str, tuple[int, int]]] = {
    "small": (2, 2),
    "medium": (2, 4),
    "large": (2, 8),
}
_CPU: Final[Mapping[str, int]] = {
    "large": 2,
    "xlarge": 4,
    "2xlarge": 8,
    "4xlarge": 16,
    "8xlarge": 32,
    "12xlarge": 48,
    "16xlarge": 64,
}


@dataclass(frozen=True, slots=True)
class Machine:
    """CPU in cores and memory in bytes of one machine."""

    cpu: float
    memory: float


def machine(instance_type: str) -> Machine | None:
    """Return what a type such as t3.large holds, if its family and size are known."""
    family, _, size = instance_type.partition(".")
    if family.startswith("t") and size in _BURSTABLE:
        cpu, memory = _BURSTABLE[size]
        return Machine(cpu, memory * GIBI)
    per_cpu = 4 if family.startswith("t") else _MEMORY_PER_CPU.get(family[:1])
    if per_cpu is None or size not in _CPU:
        return None
    return Machine(_CPU[size], _CPU[size] * per_cpu * GIBI)
