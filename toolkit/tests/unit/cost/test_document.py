"""A bill as plain values."""

import json

from groundplan.cost import difference, savings
from groundplan.cost.document import compared, document


def test_every_line_has_its_price_and_source(bill_of) -> None:
    """What a program needs to check a figure stands beside it."""
    (gateway,) = [
        each
        for each in document(bill_of("network: {nat: single}\n"), ())["lines"]
        if each["name"] == "NAT gateways"
    ]
    assert ("network", 0.045, "hour") == (
        gateway["component"],
        gateway["price"],
        gateway["unit"],
    )
    assert {"low": 32.85, "expected": 32.85, "high": 32.85} == gateway["cost"]
    assert (True, "2026-08-10") == (gateway["confirmed"], gateway["as_of"])
    assert gateway["source"].startswith("https://aws.amazon.com/")


def test_it_is_json(platform_with, bill_of, today) -> None:
    """Only plain values, with every saving."""
    found = savings(platform_with("region: us-east-1\n"), bill_of(), today)
    read = json.loads(json.dumps(document(bill_of(), found)))
    assert len(found) == len(read["savings"]) > 0
    assert round(bill_of().total.expected, 2) == read["total"]["expected"]


def test_a_difference_is_told_line_by_line(bill_of) -> None:
    """With null where a bill lacks a line."""
    without, single = (bill_of(f"network: {{nat: {nat}}}\n") for nat in ("none", "single"))
    found = compared(difference(without, single))
    gateway = next(each for each in found["changes"] if each["name"] == "NAT gateways")
    assert (None, 32.85) == (gateway["before"], gateway["expected"])
