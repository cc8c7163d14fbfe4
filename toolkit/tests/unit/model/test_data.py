"""Stores."""

from groundplan.model.data import Bucket, Database


def test_the_major_version_is_a_number() -> None:
    """15.4 and 15 are both major version 15."""
    values = {"instance": "db.t3.micro", "storage": "20Gi"}
    versions = ("15", "15.4")
    majors = [Database.model_validate({**values, "version": each}).major for each in versions]
    assert [15, 15] == majors


def test_a_bucket_needs_no_words() -> None:
    """A bucket without settings keeps versions and lets objects age."""
    assert (True, 365, 90) == (
        Bucket().versioning,
        Bucket().expire_days,
        Bucket().archive_days,
    )
