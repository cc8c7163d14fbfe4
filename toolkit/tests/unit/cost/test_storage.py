"""The part of the bill for buckets, images and copies."""


def _bucket(archive: int, expire: int = 100) -> str:
    days = f"archiveDays: {archive}, expireDays: {expire}"
    return f"storage: {{buckets: {{backups: {{{days}}}}}}}\n"


def test_objects_are_warm_until_they_are_archived(cost_of) -> None:
    """0.02, 0.2 or 2 GB a day: 30 days at 0.023, then 70 at 0.004."""
    assert (0.01, 0.14, 1.38) == cost_of("storage", "bucket backups", _bucket(30))
    assert (0.01, 0.06, 0.56) == cost_of("storage", "bucket backups archived", _bucket(30))


def test_objects_that_are_archived_late_are_eased_before(cost_of) -> None:
    """30 days at 0.023, 60 at 0.0125 and 10 at 0.004."""
    assert 1.38 == cost_of("storage", "bucket backups", _bucket(90))[2]
    assert 1.5 == cost_of("storage", "bucket backups infrequent", _bucket(90))[2]
    assert 0.08 == cost_of("storage", "bucket backups archived", _bucket(90))[2]


def test_objects_that_are_never_archived_stay_warm(bill_of, cost_of) -> None:
    """All 100 days at 0.023; they are eased but not archived when they expire before."""
    assert 4.6 == cost_of("storage", "bucket backups", _bucket(0))[2]
    assert 1.38 == cost_of("storage", "bucket backups", _bucket(200))[2]
    assert 1.75 == cost_of("storage", "bucket backups infrequent", _bucket(200))[2]
    assert () == bill_of(_bucket(0)).find([("storage", "bucket backups archived")])


def test_images_are_kept_by_service(cost_of) -> None:
    """30 images of each of four services, 20, 60 or 150 MB each, at 0.10."""
    assert (0.24, 0.72, 1.8) == cost_of("storage", "images")


def test_the_vault_keeps_the_database_and_the_volume(cost_of, bill_of) -> None:
    """100 GB and 5 GB for 10 days; without persistence there is no volume."""
    text = "database: {storage: 100Gi}\nbackup: {keepDays: 10}\n"
    assert (2.09, 6.17, 19.0) == cost_of("backup", "database copies", text)
    assert (0.06, 0.16, 0.5) == cost_of("backup", "volume copies", text)
    without = bill_of("cache: {persistence: {enabled: false}}\n")
    assert () == without.find([("backup", "volume copies")])
