"""Savings of data."""

import pytest

from groundplan.cost.savings.data import savings

ONE_ZONE = "instance: db.t3.small, multiZone: false"


def _named(case) -> dict[str, object]:
    return {each.name: each for each in savings(case)}


def test_graviton_saves_the_difference_of_the_prices(case_of) -> None:
    """db.t3.small at 0.036 becomes db.t4g.small at 0.032."""
    found = _named(case_of(f"database: {{{ONE_ZONE}}}\n"))["Graviton for the database"]
    assert (2.92, "database.instance: db.t4g.small") == (round(found.usd, 2), found.how)
    graviton = _named(case_of("database: {instance: db.t4g.small}\n"))
    assert "Graviton for the database" not in graviton


def test_a_reservation_takes_off_a_share_of_instances(case_of) -> None:
    """Of the first and its replica, not of storage."""
    names = _named(case_of(f"database: {{{ONE_ZONE}, readReplicas: 1}}\n"))
    assert pytest.approx(2 * 26.28 * 0.3) == names["reserved database, 1 year"].usd
    assert pytest.approx(2 * 26.28 * 0.52) == names["reserved database, 3 years"].usd


def test_objects_may_be_archived_earlier(case_of) -> None:
    """0.2 GB a day for 60 days at 0.0125 instead of 0.004; early enough is left alone."""
    late = "storage: {buckets: {backups: {archiveDays: 90, expireDays: 100}}}\n"
    found = _named(case_of(late))["bucket backups archived after 30 days"]
    assert round(0.2 * 60 * (0.0125 - 0.004), 2) == round(found.usd, 2)
    early = "storage: {buckets: {backups: {archiveDays: 7, expireDays: 100}}}\n"
    assert "bucket backups archived after 30 days" not in _named(case_of(early))
