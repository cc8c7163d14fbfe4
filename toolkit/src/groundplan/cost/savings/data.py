"""Savings of data: Graviton and a reservation for the database, colder classes for objects."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.line import Component
from groundplan.cost.savings.nodes import graviton
from groundplan.cost.savings.saving import Case, Saving
from groundplan.model.platform import Platform

RESERVATIONS: Final = {
    1: (0.30, "30 % off, as infracost's db_instance_test.golden shows for db.t3.large"),
    3: (0.52, "52 % off, not confirmed; AWS publishes up to 60 % with a part upfront"),
}
"""Years of a reserved instance, the share it takes off and how that is known."""
EARLY: Final = 30
"""Days after which objects are rarely read."""


def savings(case: Case) -> Iterator[Saving]:
    """Yield them."""
    yield from _graviton(case)
    yield from _reserved(case)
    yield from _colder(case)


def _graviton(case: Case) -> Iterator[Saving]:
    now = case.platform.database.instance
    then = f"db.{graviton(now.removeprefix('db.'))}"
    if then == now or then not in case.sheet.databases:
        return
    database = case.platform.database.model_copy(update={"instance": then})
    yield Saving(
        "Graviton for the database",
        case.saved(case.platform.model_copy(update={"database": database})),
        f"database.instance: {then}",
        "a restart of a minute or two; PostgreSQL itself is the same",
    )


def _reserved(case: Case) -> Iterator[Saving]:
    dollars = case.cost(Component.DATABASE, "instance", "read replicas")
    for years, (share, known) in RESERVATIONS.items():
        yield Saving(
            f"reserved database, {years} year{'s' if years > 1 else ''}",
            dollars * share,
            "bought in the account's RDS console; no key of the file",
            "paid whether used or not, for this family and region",
            known,
        )


def _colder(case: Case) -> Iterator[Saving]:
    buckets = case.platform.storage.buckets
    late = [
        name
        for name, bucket in buckets.items()
        if bucket.expire_days > EARLY and (not bucket.archive_days or bucket.archive_days > EARLY)
    ]
    for name in late:
        yield Saving(
            f"bucket {name} archived after {EARLY} days",
            case.saved(_archived(case.platform, name)),
            f"storage.buckets.{name}.archiveDays: {EARLY}",
            "reading an archived object costs by the GB, and each is paid for 90 days",
        )


def _archived(platform: Platform, name: str) -> Platform:
    buckets = dict(platform.storage.buckets)
    buckets[name] = buckets[name].model_copy(update={"archive_days": EARLY})
    storage = platform.storage.model_copy(update={"buckets": buckets})
    return platform.model_copy(update={"storage": storage})
