"""Unquoted words, by YAML 1.2."""

from decimal import Decimal

import pytest

from groundplan.loader import scalar


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("nULL", "nULL"),
        ("true", True), ("False", False), ("yes", "yes"), ("on", "on"), ("y", "y"),
        ("0", 0), ("-12", -12), ("007", 7), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"),
        ("1.30", Decimal("1.30")), (".5", Decimal("0.5")), ("1e3", Decimal(1000)),
        ("2024-01-01", "2024-01-01"), ("12:30:45", "12:30:45"), ("10s", "10s"), (".", "."),
        (".inf", Decimal("inf")), ("9" * 101, Decimal("9" * 101)), ("٣", "٣"),
    ],
)  # fmt: skip
def test_means(written: str, expected: object) -> None:
    """Only true, false, null and numbers are not text."""
    found = scalar.decide(written)
    assert (type(expected), expected) == (type(found), found)
