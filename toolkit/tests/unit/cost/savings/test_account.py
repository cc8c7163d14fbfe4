"""Savings of the account."""

from datetime import date

import pytest

from groundplan.cost import estimate
from groundplan.cost.savings.account import savings
from groundplan.cost.savings.saving import Case


def test_guards_are_paid_once_in_an_account(case_of) -> None:
    """Only those that are on are named, by the keys of the file."""
    case = case_of("security: {guards: {config: false}}\n")
    (found,) = savings(case)
    assert "security.guards: {guardduty: false, securityHub: false}" == found.how
    names = [f"GuardDuty {each}" for each in ("events", "logins", "flows", "audit")]
    assert pytest.approx(case.cost("security", *names, "Security Hub")) == found.usd


def test_guards_that_are_off_save_nothing(case_of) -> None:
    """No guard, no saving."""
    off = "security: {guards: {guardduty: false, config: false, securityHub: false}}\n"
    assert [] == list(savings(case_of(off)))


def test_a_version_in_extended_support_is_worth_an_update(platform_with) -> None:
    """0.50 an hour for 730 hours, once 1.34 has left standard support."""
    platform = platform_with('region: us-east-1\ncluster: {version: "1.34"}\n')
    names = {}
    for day in (date(2026, 12, 2), date(2026, 12, 3)):
        case = Case(platform, estimate(platform, "dev", day), day)
        names[day.day] = {each.name: each for each in savings(case)}
    name = "a Kubernetes version in standard support"
    assert name not in names[2]
    assert 365.0 == round(names[3][name].usd, 2)
