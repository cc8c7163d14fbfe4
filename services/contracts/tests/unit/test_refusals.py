"""What the gateway writes, the backend reads."""

from dataclasses import fields

from groundplan_contracts import refusals


def test_a_refusal_says_who_what_and_why() -> None:
    """A running backend reads what a newer gateway wrote: names are added, none is changed."""
    names = [field.name for field in fields(refusals.Refusal)]
    assert ["subject", "address", "request_id", "method", "path", "status", "code"] == names
    assert "groundplan:refusals" == refusals.KEY
