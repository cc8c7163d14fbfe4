"""Quantities as the platform file writes them, for messages and documentation."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from groundplan.model import quantity

_TIME: Final = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_GIGABIT: Final = 125e6
_SIZE: Final = {"Ti": 1 << 40, "Gi": 1 << 30, "Mi": 1 << 20, "Ki": 1 << 10}


def duration(seconds: float) -> str:
    """Write seconds: 25ms, 10s, 15m, 8h or 30d."""
    for unit, length in _TIME.items():
        if seconds >= length and (seconds / length).is_integer():
            return f"{int(seconds / length)}{unit}"
    return f"{seconds * 1000:.10g}ms"


def size(bytes_: float) -> str:
    """Write bytes: 64Ki, 256Mi, 1.5Gi."""
    unit, length = next(
        ((unit, length) for unit, length in _SIZE.items() if bytes_ >= length), ("Ki", 1 << 10)
    )
    return f"{bytes_ / length:.10g}{unit}"


def cpu(cores: float) -> str:
    """Write cores: 250m."""
    return f"{round(cores * 1000)}m"


def share(part: float) -> str:
    """Write a share: 20%."""
    return f"{part * 100:.10g}%"


def share_range(parts: tuple[float, float]) -> str:
    """Write two shares: 60-70%."""
    low, high = parts
    return f"{round(low * 100)}-{round(high * 100)}%"


def rate(per_second: float) -> str:
    """Write events a second: 50000/s, 10000/min."""
    if float(per_second).is_integer():
        return f"{int(per_second)}/s"
    return f"{per_second * 60:.10g}/min"


def bandwidth(per_second: float) -> str:
    """Write bytes a second: 100MB/s, 1Gbps."""
    if (per_second / _GIGABIT).is_integer():
        return f"{int(per_second / _GIGABIT)}Gbps"
    return f"{per_second / 1e6:.10g}MB/s"


_BY_PATTERN: Final[Mapping[str, Callable[[Any], str]]] = {
    quantity.DURATION: duration,
    quantity.SIZE: size,
    quantity.BANDWIDTH: bandwidth,
    quantity.CPU: cpu,
    quantity.SHARE: share,
    quantity.RANGE: share_range,
    quantity.RATE: rate,
}


def writer_for(pattern: str) -> Callable[[Any], str] | None:
    """Return what writes the quantities of a pattern of the JSON Schema, if they are any."""
    return _BY_PATTERN.get(pattern)
