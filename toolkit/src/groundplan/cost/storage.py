"""The storage's part of the bill: buckets and images; and copies of data in the backup vault."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.amount import Range
from groundplan.cost.cluster import GIBI
from groundplan.cost.database import kept
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.model.data import Bucket
from groundplan.model.platform import Platform
from groundplan.model.service import Kind

WRITTEN: Final = Range(0.02, 0.2, 2.0)
"""GB that come into a bucket in a day."""
INFREQUENT: Final = 30
"""Days after which objects become cheaper to keep, if they are archived twice as late at least."""
IMAGE: Final = Range(0.02, 0.06, 0.15)
"""GB that an image adds; most layers are shared with the one before."""
KEPT_IMAGES: Final = 30


def lines(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines, buckets in the file's order."""
    for name, bucket in platform.storage.buckets.items():
        yield from _bucket(name, bucket, sheet)
    yield _images(platform, sheet)
    yield from _vault(platform, sheet)


def _bucket(name: str, bucket: Bucket, sheet: Sheet) -> Iterator[Line]:
    assumption = f"{WRITTEN.low:g}, {WRITTEN.expected:g} or {WRITTEN.high:g} GB a day come in"
    for suffix, rate, days in stays(bucket):
        if not days:
            continue
        yield line(
            Component.STORAGE,
            f"bucket {name}{suffix}",
            f"{days} days in {rate.removesuffix(' storage')}",
            WRITTEN * days,
            sheet.rates[rate],
            assumption=f"{assumption}; requests and retrievals are not counted",
        )


def stays(bucket: Bucket) -> tuple[tuple[str, Rate, int], ...]:
    """Return how many days an object stays in each class, as the lifecycle moves it."""
    end = bucket.expire_days
    archived = min(bucket.archive_days or end, end)
    eased = bucket.archive_days >= 2 * INFREQUENT
    warm = min(INFREQUENT, end) if eased else archived
    return (
        ("", Rate.BUCKET, warm),
        (" infrequent", Rate.BUCKET_INFREQUENT, archived - warm),
        (" archived", Rate.BUCKET_COLD, end - archived),
    )


def _images(platform: Platform, sheet: Sheet) -> Line:
    count = sum(
        1
        for each in platform.services.values()
        if each.kind is not Kind.SERVICE or (each.run and each.run.image is None)
    )
    return line(
        Component.STORAGE,
        "images",
        f"{count} repositories, the last {KEPT_IMAGES} images of each",
        IMAGE * (count * KEPT_IMAGES),
        sheet.rates[Rate.REPOSITORY],
        assumption=f"{IMAGE.low * 1000:g}, {IMAGE.expected * 1000:g} or "
        f"{IMAGE.high * 1000:g} MB an image",
    )


def _vault(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    days = platform.backup.keep_days
    yield line(
        Component.BACKUP,
        "database copies",
        f"{days} days in the vault",
        kept(platform.database.storage / GIBI, days),
        sheet.rates[Rate.DATABASE_BACKUP],
        assumption="a full copy, then what changes; not set off against the free part of RDS",
    )
    if platform.cache.persistence.enabled:
        yield line(
            Component.BACKUP,
            "volume copies",
            f"{days} days of the cache's volume",
            kept(platform.cache.persistence.size / GIBI, days),
            sheet.rates[Rate.SNAPSHOT],
            assumption="a full copy, then what changes",
        )
