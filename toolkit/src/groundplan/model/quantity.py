"""Durations, sizes, CPU, rates and shares: written with a unit in the file, numbers in the model.

Each type reads the written form and holds one plain number in the unit its docstring names;
`written` turns it back.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

_TIME: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE: Final = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40}
_BITS: Final = {"kB/s": 1e3, "MB/s": 1e6, "GB/s": 1e9, "Mbps": 125e3, "Gbps": 125e6}
_PER: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_NUMBER: Final = r"([0-9]{1,15}(?:\.[0-9]{1,9})?)"


def _reader(what: str, example: str, units: Mapping[str, float]) -> Callable[[object], float]:
    pattern = re.compile(_NUMBER + "(" + "|".join(units) + ")")

    def read(written: object) -> float:
        if isinstance(written, float):
            return written
        match = pattern.fullmatch(written) if isinstance(written, str) else None
        if match is None:
            raise ValueError(f"must be {what} such as {example}")
        return float(match[1]) * units[match[2]]

    return read


def _read_cpu(written: object) -> float:
    if isinstance(written, float):
        return written
    match = re.fullmatch(r"([0-9]{1,9})m", written) if isinstance(written, str) else None
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
    match = (
        re.fullmatch(r"([0-9]{1,3})-([0-9]{1,3})%", written) if isinstance(written, str) else None
    )
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
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


DURATION: Final = r"^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$"
SIZE: Final = r"^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti)$"
BANDWIDTH: Final = r"^[0-9]+(\.[0-9]+)?((kB|MB|GB)/s|Mbps|Gbps)$"
CPU: Final = r"^[0-9]+m$"
SHARE: Final = r"^[0-9]+(\.[0-9]+)?%$"
RANGE: Final = r"^[0-9]+-[0-9]+%$"
RATE: Final = r"^[0-9]+(\.[0-9]+)?/(s|min|h)$"

SHORTEST: Final = 0.001
LONGEST: Final = 3650 * _TIME["d"]
LARGEST: Final = 1024.0 * _SIZE["Ti"]

Duration = Annotated[
    float,
    BeforeValidator(_reader("a duration", "10s, 5m or 8h", _TIME)),
    Field(ge=SHORTEST, le=LONGEST),
    _schema(DURATION, "10s"),
]
"""Seconds; written 25ms, 10s, 5m, 8h or 30d."""

Size = Annotated[
    float,
    BeforeValidator(_reader("a size", "256Mi or 20Gi", _SIZE)),
    Field(ge=1024, le=LARGEST),
    _schema(SIZE, "256Mi"),
]
"""Bytes; written 64Ki, 256Mi, 20Gi or 1Ti."""

Bandwidth = Annotated[
    float,
    BeforeValidator(_reader("a bandwidth", "100MB/s or 1Gbps", _BITS)),
    Field(gt=0),
    _schema(BANDWIDTH, "100MB/s"),
]
"""Bytes a second; written 100MB/s or 1Gbps."""

Cpu = Annotated[float, BeforeValidator(_read_cpu), Field(ge=0.001, le=1024), _schema(CPU, "250m")]
"""Cores; written in thousandths, 250m."""

Share = Annotated[float, BeforeValidator(_read_share), _schema(SHARE, "20%")]
"""0 to 1; written 20%."""

ShareRange = Annotated[tuple[float, float], BeforeValidator(_read_range), _schema(RANGE, "60-70%")]
"""Two shares, low and high; written 60-70%."""

Rate = Annotated[float, BeforeValidator(_read_rate), Field(gt=0), _schema(RATE, "10000/min")]
"""Events a second; written 10000/min."""


def seconds(duration: float) -> str:
    """Write a duration in seconds as Envoy, nginx and Kubernetes read it: 0.025s, 10s."""
    return f"{duration:.3f}".rstrip("0").rstrip(".") + "s"


def mebibytes(size: float) -> int:
    """Return a size in whole MiB, rounded down."""
    return int(size) >> 20
