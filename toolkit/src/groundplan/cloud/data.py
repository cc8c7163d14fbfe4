"""Takes data's own protection away, for a destroy that was asked for twice.

Deletion protection of databases is switched off; buckets, image repositories and backup vaults
are emptied, because AWS deletes none that holds something. Final snapshots are still taken.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from groundplan.cloud.account import Clients, Thing

BATCH: Final = 1000
"""Objects that S3 deletes at once."""
IMAGES: Final = 100


def release(clients: Clients, resources: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Thing]:
    """Release the data of resources, given as type and values; yield each that was changed."""
    for kind, values in resources:
        if kind == "aws_db_instance" and values.get("deletion_protection"):
            yield _unprotect(clients, values["identifier"])
        elif kind == "aws_s3_bucket":
            yield from _empty_bucket(clients, values["bucket"])
        elif kind == "aws_ecr_repository":
            yield from _empty_repository(clients, values["name"])
        elif kind == "aws_backup_vault":
            yield from _empty_vault(clients, values["name"])


def _unprotect(clients: Clients, name: str) -> Thing:
    clients("rds").modify_db_instance(
        DBInstanceIdentifier=name, DeletionProtection=False, ApplyImmediately=True
    )
    return Thing("rds:db", name, "may be deleted now; a final snapshot is taken")


def _empty_bucket(clients: Clients, name: str) -> Iterator[Thing]:
    client = clients("s3")
    count = 0
    for page in client.get_paginator("list_object_versions").paginate(Bucket=name):
        found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
        for first in range(0, len(found), BATCH):
            part = found[first : first + BATCH]
            keys = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in part]
            client.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
        count += len(found)
    if count:
        yield Thing("s3:bucket", name, f"{count} versions of objects deleted")


def _empty_repository(clients: Clients, name: str) -> Iterator[Thing]:
    client = clients("ecr")
    pages = client.get_paginator("list_images").paginate(repositoryName=name)
    images = [image for page in pages for image in page["imageIds"]]
    for first in range(0, len(images), IMAGES):
        client.batch_delete_image(repositoryName=name, imageIds=images[first : first + IMAGES])
    if images:
        yield Thing("ecr:repository", name, f"{len(images)} images deleted")


def _empty_vault(clients: Clients, name: str) -> Iterator[Thing]:
    client = clients("backup")
    if not client.describe_backup_vault(BackupVaultName=name).get("NumberOfRecoveryPoints"):
        return
    pages = client.get_paginator("list_recovery_points_by_backup_vault")
    found = [
        point["RecoveryPointArn"]
        for page in pages.paginate(BackupVaultName=name)
        for point in page["RecoveryPoints"]
    ]
    for arn in found:
        client.delete_recovery_point(BackupVaultName=name, RecoveryPointArn=arn)
    if found:
        yield Thing("backup:backup-vault", name, f"{len(found)} copies deleted")
