"""Prices, and what is said of one that is not in the table."""

from datetime import date

import pytest

from groundplan.cost.price import Group, Sheet, listed
from groundplan.errors import UsageError

DAY = date(2026, 1, 2)
KNOWN = Group("https://aws.example/", DAY, "a bill")
DOUBTFUL = Group("https://aws.example/", DAY)
SHEET = Sheet("us-east-1", KNOWN.hourly({"t3.large": 0.08}), KNOWN.hourly({"db.t3.micro": 1}), {})


def test_only_evidence_confirms() -> None:
    """A price without evidence says so."""
    assert KNOWN.price(1, "hour").confirmed
    assert not DOUBTFUL.price(1, "hour").confirmed


def test_a_family_costs_in_proportion() -> None:
    """Each size costs its multiple of large."""
    found = KNOWN.families({"t3": 0.0832}, {"medium": 0.5, "xlarge": 2})
    assert {"t3.medium": 0.0416, "t3.xlarge": 0.1664} == {
        name: price.usd for name, price in found.items()
    }


def test_an_unknown_type_is_one_clear_error() -> None:
    """The place, the type, the region, and what is known."""
    with pytest.raises(UsageError) as raised:
        SHEET.machine("t9.huge", "cluster.nodeGroups.main.instanceTypes")
    assert (
        "cluster.nodeGroups.main.instanceTypes: instance type t9.huge "
        "has no price for us-east-1 in the table"
    ) == raised.value.message
    assert "known are t3 in large" == raised.value.hint


def test_an_unknown_class_names_the_database() -> None:
    """The same for a class of RDS."""
    with pytest.raises(UsageError, match=r"database\.instance: instance class db\.x9\.big"):
        SHEET.database("db.x9.big", "database.instance")


def test_what_is_known_is_found() -> None:
    """The price itself."""
    assert 0.08 == SHEET.machine("t3.large", "here").usd
    assert 1 == SHEET.database("db.t3.micro", "here").usd


def test_names_are_listed_by_family() -> None:
    """Families with the same sizes stand together, names without one alone."""
    assert "t3, t4g in a, b; m5 in c" == listed(["t3.a", "t3.b", "t4g.a", "t4g.b", "m5.c"])
    assert "us-east-1, eu-west-1" == listed(["us-east-1", "eu-west-1"])
