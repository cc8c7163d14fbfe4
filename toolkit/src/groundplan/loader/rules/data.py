"""Pools fit into the database, backups exist where needed, objects age in order, parts pass."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.model import written
from groundplan.model.platform import DATABASE, STORAGE, Platform
from groundplan.model.service import Kind, Service

RESERVE: Final = 10
"""Connections kept free for administrators, migrations and monitoring."""
UPLOADS: Final = "/api/v1/artifacts/uploads"
"""Where the backend takes parts of files."""
LEAST_STORAGE: Final = 20.0 * (1 << 30)


def pools_fit(platform: Platform) -> Iterator[Finding]:
    """All pools together leave room in the database, at the least and at the most replicas."""
    usable = platform.database.max_connections - RESERVE
    callers = [each for each in platform.services.items() if DATABASE in each[1].calls]
    at_least = sum(_pool(service) * service.replicas.min for _, service in callers)
    at_most = sum(_pool(service) * service.replicas.max for _, service in callers)
    if at_most <= usable:
        return
    is_warning = at_least <= usable
    held, when = (at_most, "most") if is_warning else (at_least, "least")
    names = ", ".join(name for name, _ in callers)
    wrong = (
        f"leaves {usable} connections beside {RESERVE} in reserve, but the pools of {names} "
        f"hold {held} at their {when} replicas"
    )
    hint = "raise it, or lower `database.poolSize` or `replicas` of these services"
    path = (DATABASE, "maxConnections")
    also = tuple(("services", name, key) for name, _ in callers for key in (DATABASE, "replicas"))
    yield Finding(path, wrong, Code.CONNECTIONS, hint, is_warning, also)


def _pool(service: Service) -> int:
    return service.database.pool_size


def replicas_have_backups(platform: Platform) -> Iterator[Finding]:
    """Read replicas are made from backups."""
    database = platform.database
    if database.read_replicas and not database.backup_days:
        wrong = "needs backupDays of at least 1: RDS makes read replicas from backups"
        also = ((DATABASE, "backupDays"),)
        yield Finding((DATABASE, "readReplicas"), wrong, Code.NOT_TOGETHER, also=also)


def storage_is_enough(platform: Platform) -> Iterator[Finding]:
    """The database has the least storage that RDS sells."""
    storage = platform.database.storage
    if storage < LEAST_STORAGE:
        wrong = f"must be at least {written.size(LEAST_STORAGE)}, is {written.size(storage)}"
        yield Finding((DATABASE, "storage"), wrong, Code.OUT_OF_RANGE, "RDS sells no less")


def objects_age_in_order(platform: Platform) -> Iterator[Finding]:
    """Objects move to a colder class before they are deleted."""
    for name, bucket in platform.storage.buckets.items():
        if bucket.archive_days >= bucket.expire_days:
            wrong = (
                f"archiveDays must be less than expireDays, but {bucket.archive_days} "
                f"is not less than {bucket.expire_days}"
            )
            hint = "archiveDays: 0 keeps objects warm until they expire"
            yield Finding(("storage", "buckets", name), wrong, Code.ORDER, hint)


def parts_pass(platform: Platform) -> Iterator[Finding]:
    """A part of an upload is no larger than the route takes on which it comes."""
    part = platform.storage.artifacts.part_size
    for name, service in platform.of_kind(Kind.BACKEND):
        for index, route in enumerate(service.routes if STORAGE in service.calls else ()):
            largest = route.body or service.limits.body
            if route.path == UPLOADS and largest < part:
                wrong = (
                    f"must be at least storage.artifacts.partSize "
                    f"({written.size(part)}), is {written.size(largest)}"
                )
                also = (("storage", "artifacts", "partSize"),)
                path = ("services", name, "routes", index, "body")
                yield Finding(path, wrong, Code.ORDER, "else every part is refused", also=also)


RULES: Final = (
    Rule(pools_fit, ("database", "services")),
    Rule(replicas_have_backups, ("database",)),
    Rule(storage_is_enough, ("database",)),
    Rule(objects_age_in_order, ("storage",)),
    Rule(parts_pass, ("storage", EACH_SERVICE)),
)
