"""Which store there is, by the settings."""

from pathlib import Path

import pytest

from groundplan_backend.artifacts import room
from groundplan_backend.objects.absent import Absent
from groundplan_backend.objects.bucket import Bucket
from groundplan_backend.objects.folder import Folder
from groundplan_backend.settings import Secret, Settings


def _settings(folder: Path | None = None, bucket: str | None = None) -> Settings:
    secret = Secret("k")
    return Settings(
        database_url=secret,
        redis_url=secret,
        gateway_key=secret,
        key_encryption_key=secret,
        artifacts_folder=folder,
        artifacts_bucket=bucket,
    )


@pytest.mark.parametrize(
    ("has_folder", "bucket", "kind"),
    [(False, None, Absent), (True, None, Folder), (True, "files", Bucket), (False, "f", Bucket)],
)
def test_a_bucket_goes_before_a_folder(
    tmp_path: Path, has_folder: bool, bucket: str | None, kind: type
) -> None:
    """Where neither is named, everything but files goes on."""
    found = room.store(_settings(tmp_path / "store" if has_folder else None, bucket))
    assert kind is type(found)
