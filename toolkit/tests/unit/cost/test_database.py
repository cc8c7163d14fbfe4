"""The database's part of the bill."""

from datetime import date

import pytest

from groundplan.cost.database import cores, kept
from groundplan.errors import UsageError

SMALL = "instance: db.t3.small, storage: 100Gi"


@pytest.mark.parametrize(("zones", "dollars"), [("false", 26.28), ("true", 52.56)])
def test_a_standby_doubles_the_instance(cost_of, zones, dollars) -> None:
    """An hour at 0.036 in one zone or two."""
    text = f"database: {{{SMALL}, multiZone: {zones}}}\n"
    assert (dollars,) * 3 == cost_of("database", "instance", text)


def test_replicas_are_instances_of_their_own(cost_of, bill_of) -> None:
    """Two of them are twice one, and without any there is no line."""
    text = f"database: {{{SMALL}, readReplicas: 2}}\n"
    assert (52.56,) * 3 == cost_of("database", "read replicas", text)
    assert () == bill_of().find([("database", "read replicas")])


def test_every_copy_has_its_storage_and_may_grow(cost_of) -> None:
    """100 GB at 0.115 for two zones and a replica; five times that at the most."""
    text = f"database: {{{SMALL}, multiZone: true, readReplicas: 1}}\n"
    assert (34.5, 34.5, 172.5) == cost_of("database", "storage", text)


def test_backups_cost_beyond_the_size_of_the_storage(cost_of, bill_of) -> None:
    """Full and changing by a tenth a day: 170 GB for 7 days, of which 100 are free."""
    text = f"database: {{{SMALL}, backupDays: 7}}\n"
    assert (0.0, 0.0, 6.65) == cost_of("database", "backups", text)
    none = bill_of(f"database: {{{SMALL}, backupDays: 0}}\n")
    assert () == none.find([("database", "backups")])


def test_copies_keep_what_changed() -> None:
    """One full copy, and each day's change."""
    found = kept(100, 10)
    assert pytest.approx((22, 65, 200)) == (found.low, found.expected, found.high)


def test_a_version_that_aged_costs_by_vcpu(cost_of, bill_of) -> None:
    """After 2028-02-29 PostgreSQL 15 costs 0.10 for each of two vCPU and hour."""
    text = f'database: {{{SMALL}, multiZone: false, version: "15"}}\n'
    later = date(2028, 3, 1)
    assert (146.0,) * 3 == cost_of("database", "extended support", text, day=later)
    assert () == bill_of(text).find([("database", "extended support")])


def test_a_proxy_costs_by_vcpu(cost_of) -> None:
    """Two vCPU at 0.015 an hour."""
    assert (21.9,) * 3 == cost_of("database", "proxy", f"database: {{{SMALL}, proxy: true}}\n")


@pytest.mark.parametrize(("name", "count"), [("db.t3.micro", 2), ("db.m5.2xlarge", 8)])
def test_classes_have_vcpu(name, count) -> None:
    """At least two, also where the size says nothing."""
    assert count == cores(name)


def test_an_unknown_class_names_its_place(bill_of) -> None:
    """The key of the file."""
    with pytest.raises(UsageError, match=r"database\.instance: instance class db\.z9\.small"):
        bill_of("database: {instance: db.z9.small}\n")
