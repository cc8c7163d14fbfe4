"""Data's protection is taken away only from what is named, and everything goes with it."""

from collections.abc import Iterator
from typing import Any

from groundplan.cloud import data


class Account:
    """Remembers what was asked for; pages hold what a test puts there."""

    def __init__(self, pages: list[dict[str, Any]]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, service: str) -> "Account":
        """Return the client of a service, which is this one."""
        return self

    def get_paginator(self, operation: str) -> "Account":
        """Return the pages of an operation."""
        return self

    def paginate(self, **words: Any) -> Iterator[dict[str, Any]]:
        """Yield the pages."""
        yield from self.pages

    def describe_backup_vault(self, BackupVaultName: str) -> dict[str, int]:  # noqa: N803
        """Return how many copies a vault holds."""
        return {"NumberOfRecoveryPoints": sum(len(page["RecoveryPoints"]) for page in self.pages)}

    def __getattr__(self, operation: str) -> Any:
        return lambda **words: self.asked.append((operation, words))


def release(kind: str, values: dict[str, Any], *pages: dict[str, Any]) -> tuple[Account, int]:
    """Release one resource; return the account and how many things changed."""
    made = Account(list(pages))
    return made, len(list(data.release(made, [(kind, values)])))


def test_a_protected_database_may_be_deleted() -> None:
    """Its protection is switched off at once; one that has none is left alone."""
    made, count = release("aws_db_instance", {"identifier": "x", "deletion_protection": True})
    expected = {"DBInstanceIdentifier": "x", "DeletionProtection": False, "ApplyImmediately": True}
    assert ([("modify_db_instance", expected)], 1) == (made.asked, count)
    made, count = release("aws_db_instance", {"identifier": "x", "deletion_protection": False})
    assert ([], 0) == (made.asked, count)


def test_a_bucket_is_emptied_with_all_its_versions() -> None:
    """Old versions and markers go too, at most a thousand at a time."""
    versions = [{"Key": f"k{number}", "VersionId": "1"} for number in range(1001)]
    page = {"Versions": versions, "DeleteMarkers": [{"Key": "gone", "VersionId": "2"}]}
    made, count = release("aws_s3_bucket", {"bucket": "b"}, page)
    sizes = [len(words["Delete"]["Objects"]) for _, words in made.asked]
    assert ([1000, 2], 1) == (sizes, count)


def test_images_and_copies_go() -> None:
    """Repositories and vaults are emptied by their own calls."""
    made, _ = release("aws_ecr_repository", {"name": "r"}, {"imageIds": [{"imageTag": "1"}]})
    assert ["batch_delete_image"] == [operation for operation, _ in made.asked]
    made, _ = release(
        "aws_backup_vault", {"name": "v"}, {"RecoveryPoints": [{"RecoveryPointArn": "a"}]}
    )
    assert ["delete_recovery_point"] == [operation for operation, _ in made.asked]


def test_what_is_empty_or_no_data_is_left_alone() -> None:
    """Nothing is asked of AWS, and nothing said."""
    for kind, values in (("aws_s3_bucket", {"bucket": "b"}), ("aws_vpc", {})):
        made, count = release(kind, values, {})
        assert ([], 0) == (made.asked, count)
