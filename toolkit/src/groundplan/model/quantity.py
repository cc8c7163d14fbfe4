"""Durations, sizes, CPU, rates and shares: written with a unit in the file, numbers in the model.

Each type reads the written form and holds one plain number in the unit its docstring names.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

_TIME: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE: Final = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40}
_BITS: Final = {"kB": 10**3, "MB": 10**6, "GB": 10**9, "Mbps": 125 * 10**3, "Gbps": 125 * 10**6}
_PER: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_NUMBER: Final = r"(\d+(?:\.\d+)?)"


def _reader(
    what: str, example: str, units: Mapping[str, float], suffix: str = ""
) -> Callable[[object], float]:
    pattern = re.compile(_NUMBER + "(" + "|".join(units) + ")" + suffix)

    def read(written: object) -> object:
        if isinstance(written, float):
            return written
        match = pattern.fullmatch(written) if isinstance(written, str) else None
        if match is None:
            raise ValueError(f"must be {what} such as {example}")
        return float(match[1]) * units[match[2]]

    return read  # type: ignore[return-value]


def _read_cpu(written: object) -> float:
    if isinstance(written, float):
        return written
    match = re.fullmatch(r"(\d+)m", written) if isinstance(written, str) else None
    if match is None:
        raise ValueError("must be CPU in thousandths such as 250m")
    return float(match[1]) / 1000


def _read_share(written: object) -> float:
    if isinstance(written, float):
        return written
    match = re.fullmatch(_NUMBER + "%", written) if isinstance(written, str) else None
    if match is None or float(match[1]) > 100:
        raise ValueError("must be a share such as 20%")
    return float(match[1]) / 100


def _read_range(written: object) -> tuple[float, float]:
    if isinstance(written, tuple):
        return written
    match = re.fullmatch(r"(\d+)-(\d+)%", written) if isinstance(written, str) else None
    if match is None or not int(match[1]) < int(match[2]) <= 100:
        raise ValueError("must be a range such as 60-70%")
    return int(match[1]) / 100, int(match[2]) / 100


def _read_rate(written: object) -> float:
    if isinstance(written, float):
        return written
    match = re.fullmatch(_NUMBER + "/(s|min|h)", written) if isinstance(written, str) else None
    if match is None:
        raise ValueError("must be a rate such as 10000/min")
    return float(match[1]) / _PER[match[2]]


def _schema(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "examples": [example]})


Duration = Annotated[
    float,
    BeforeValidator(_reader("a duration", "10s, 5m or 8h", _TIME)),
    Field(gt=0),
    _schema(r"\d+(\.\d+)?(ms|s|m|h|d)", "10s"),
]
"""Seconds; written 25ms, 10s, 5m, 8h or 30d."""

Size = Annotated[
    float,
    BeforeValidator(_reader("a size", "256Mi or 20Gi", _SIZE)),
    Field(gt=0),
    _schema(r"\d+(\.\d+)?(Ki|Mi|Gi|Ti)", "256Mi"),
]
"""Bytes; written 64Ki, 256Mi, 20Gi or 1Ti."""

Bandwidth = Annotated[
    float,
    BeforeValidator(_reader("a bandwidth", "100MB/s or 1Gbps", _BITS, r"(?:/s)?")),
    _schema(r"\d+(\.\d+)?((kB|MB|GB)/s|Mbps|Gbps)", "100MB/s"),
]
"""Bytes a second; written 100MB/s or 1Gbps."""

Cpu = Annotated[float, BeforeValidator(_read_cpu), Field(gt=0), _schema(r"\d+m", "250m")]
"""Cores; written in thousandths, 250m."""

Share = Annotated[float, BeforeValidator(_read_share), _schema(r"\d+(\.\d+)?%", "20%")]
"""0 to 1; written 20%."""

ShareRange = Annotated[
    tuple[float, float], BeforeValidator(_read_range), _schema(r"\d+-\d+%", "60-70%")
]
"""Two shares, low and high; written 60-70%."""

Rate = Annotated[
    float,
    BeforeValidator(_read_rate),
    _schema(r"\d+(\.\d+)?/(s|min|h)", "10000/min"),
]
"""Events a second; written 10000/min."""


def seconds(duration: float) -> str:
    """Write a duration in seconds as Envoy, nginx and Kubernetes read it: 0.025s, 10s."""
    return f"{duration:.3f}".rstrip("0").rstrip(".") + "s"


def written_duration(duration: float) -> str:
    """Write a duration in seconds as the platform file does: 25ms, 10s, 15m, 8h or 30d."""
    for unit in ("d", "h", "m", "s"):
        if duration >= _TIME[unit] and (duration / _TIME[unit]).is_integer():
            return f"{int(duration / _TIME[unit])}{unit}"
    return f"{round(duration * 1000)}ms"


def mebibytes(size: float) -> int:
    """Return a size in whole MiB, rounded down."""
    return int(size) >> 20


def written_size(size: float) -> str:
    """Write a size in bytes as the platform file does: 64Ki, 256Mi, 1.5Gi."""
    for unit, bytes_ in reversed(_SIZE.items()):
        if size >= bytes_:
            return f"{size / bytes_:.10g}{unit}"
    return f"{size / _SIZE['Ki']:.10g}Ki"


def written_cpu(cores: float) -> str:
    """Write CPU in cores as the platform file does: 250m."""
    return f"{round(cores * 1000)}m"


def written_share(share: float) -> str:
    """Write a share as the platform file does: 20%."""
    return f"{share * 100:.10g}%"
