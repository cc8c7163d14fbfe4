"""The database's part of the bill: instances, storage, backups, proxy and extended support."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from groundplan.cost.amount import Range, exactly
from groundplan.cost.cluster import GIBI
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.cost.traffic import HOURS
from groundplan.model import support
from groundplan.model.data import Database
from groundplan.model.instance import machine
from groundplan.model.platform import Platform

GROWTH: Final = 5
"""How often its first size the storage may grow to, as it is rendered."""
FILLED: Final = Range(0.2, 0.5, 1.0)
"""The share of the storage that holds data."""
CHANGED: Final = Range(0.01, 0.03, 0.1)
"""The share of the data that changes in a day."""
PLACE: Final = "database.instance"
LEAST_VCPU: Final = 2


def lines(platform: Platform, sheet: Sheet, today: date) -> Iterator[Line]:
    """Yield the lines."""
    database = platform.database
    price = sheet.database(database.instance, PLACE)
    copies = 2 if database.multi_zone else 1
    yield line(
        Component.DATABASE,
        "instance",
        f"{database.instance}, {'two zones' if database.multi_zone else 'one zone'}",
        exactly(HOURS * copies),
        price,
    )
    if replicas := database.read_replicas:
        hours = exactly(HOURS * replicas)
        what = f"{replicas} x {database.instance}"
        yield line(Component.DATABASE, "read replicas", what, hours, price)
    yield _storage(database, copies + database.read_replicas, sheet)
    yield from _backups(database, sheet)
    if database.proxy:
        yield _proxy(database, sheet)
    yield from _extended(database, copies, sheet, today)


def cores(instance_class: str) -> int:
    """Return the vCPUs of an instance class, at least 2."""
    found = machine(instance_class.removeprefix("db."))
    return max(LEAST_VCPU, int(found.cpu)) if found else LEAST_VCPU


def kept(size: float, days: float) -> Range:
    """Return the GB that copies of so many days take: a full one, then what changes."""
    days_of_change = CHANGED * days
    grown = Range(*(1 + each for each in _ends(days_of_change)))
    return FILLED.times(grown) * size


def _storage(database: Database, copies: int, sheet: Sheet) -> Line:
    size = database.storage / GIBI
    return line(
        Component.DATABASE,
        "storage",
        f"{size:g} GB of gp3 x {copies}",
        Range(size, size, size * GROWTH) * copies,
        sheet.rates[Rate.DATABASE_STORAGE],
        assumption=f"grows by itself to {GROWTH} times its size at the most",
    )


def _backups(database: Database, sheet: Sheet) -> Iterator[Line]:
    if not database.backup_days:
        return
    size = database.storage / GIBI
    yield line(
        Component.DATABASE,
        "backups",
        f"{database.backup_days} days, the first {size:g} GB free",
        kept(size, database.backup_days).above(size),
        sheet.rates[Rate.DATABASE_BACKUP],
        assumption=f"storage {FILLED.low:.0%}, {FILLED.expected:.0%} or {FILLED.high:.0%} full; "
        f"{CHANGED.low:.0%}, {CHANGED.expected:.0%} or {CHANGED.high:.0%} changes a day",
    )


def _proxy(database: Database, sheet: Sheet) -> Line:
    vcpu = cores(database.instance)
    return line(
        Component.DATABASE,
        "proxy",
        f"for {vcpu} vCPU",
        exactly(HOURS * vcpu),
        sheet.rates[Rate.DATABASE_PROXY],
    )


def _extended(database: Database, copies: int, sheet: Sheet, today: date) -> Iterator[Line]:
    end = support.POSTGRESQL.get(str(database.major))
    if end is None or end >= today:
        return
    vcpu = cores(database.instance) * (copies + database.read_replicas)
    yield line(
        Component.DATABASE,
        "extended support",
        f"PostgreSQL {database.major} left standard support on {end}",
        exactly(HOURS * vcpu),
        sheet.rates[Rate.DATABASE_EXTENDED],
        assumption="the price of the first two years; the third costs twice as much",
    )


def _ends(of: Range) -> tuple[float, float, float]:
    return of.low, of.expected, of.high
