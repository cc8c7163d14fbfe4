"""CPU and memory as Kubernetes writes them, and the quality of service that they ask for."""

from typing import Final

from groundplan.model import written
from groundplan.model.resources import Amount, Resources

_UNITS: Final = ((30, "Gi"), (20, "Mi"), (10, "Ki"))


def amount(found: Amount) -> dict[str, str]:
    """Return CPU and memory: `{cpu: 250m, memory: 256Mi}`."""
    return {"cpu": written.cpu(found.cpu), "memory": memory(found.memory)}


def memory(size: float) -> str:
    """Write bytes in the largest unit of which they are whole: 256Mi, 2Gi, or bytes alone."""
    whole = int(size)
    for shift, unit in _UNITS:
        if whole % (1 << shift) == 0:
            return f"{whole >> shift}{unit}"
    return str(whole)


def quality_of_service(resources: Resources) -> str:
    """Return the class that Kubernetes derives: Guaranteed where requests are the limits."""
    return "Guaranteed" if resources.requests == resources.limits else "Burstable"
