"""Quantities are read with their unit, and nothing else is."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from groundplan.model import quantity


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (quantity.Duration, "25ms", 0.025),
        (quantity.Duration, "1.5s", 1.5),
        (quantity.Duration, "5m", 300.0),
        (quantity.Duration, "8h", 28800.0),
        (quantity.Duration, "30d", 2592000.0),
        (quantity.Size, "64Ki", 65536.0),
        (quantity.Size, "1.5Gi", 1.5 * 2**30),
        (quantity.Bandwidth, "100MB/s", 1e8),
        (quantity.Bandwidth, "1Gbps", 1.25e8),
        (quantity.Cpu, "250m", 0.25),
        (quantity.Share, "99.9%", 0.9990000000000001),
        (quantity.ShareRange, "60-70%", (0.6, 0.7)),
        (quantity.Rate, "10000/min", 10000 / 60),
        (quantity.Rate, "50000/s", 50000.0),
    ],
)
def test_reads_the_written_form(kind: Any, written: str, expected: object) -> None:
    """A number with its unit becomes the plain number of the type's unit."""
    assert pytest.approx(expected) == TypeAdapter(kind).validate_python(written, strict=True)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (quantity.Duration, "10"),
        (quantity.Duration, "10 s"),
        (quantity.Duration, "-1s"),
        (quantity.Duration, "0s"),
        (quantity.Duration, "٣s"),
        (quantity.Duration, "1s\n"),
        (quantity.Duration, "9" * 400 + "s"),
        (quantity.Duration, 10),
        (quantity.Duration, None),
        (quantity.Size, "20GB"),
        (quantity.Size, "0Mi"),
        (quantity.Bandwidth, "100MB"),
        (quantity.Bandwidth, "1Gbps/s"),
        (quantity.Cpu, "0.25"),
        (quantity.Cpu, "0m"),
        (quantity.Share, "101%"),
        (quantity.ShareRange, "70-60%"),
        (quantity.Rate, "10/day"),
        (quantity.Rate, "0/s"),
    ],
)
def test_refuses_all_else(kind: Any, written: object) -> None:
    """Without its unit, out of bounds or in another alphabet, a quantity is refused."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(written, strict=True)


def test_seconds_are_written_for_programs() -> None:
    """Envoy, nginx and Kubernetes read seconds with at most three decimals."""
    assert ["0.025s", "10s", "300s"] == [quantity.seconds(each) for each in (0.025, 10.0, 300.0)]


def test_mebibytes_are_whole() -> None:
    """A size is rounded down to whole MiB."""
    assert 1 == quantity.mebibytes(1.9 * 2**20)
