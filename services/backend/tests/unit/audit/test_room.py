from pathlib import Path

from groundplan_backend.audit import room
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Secret, Settings

_SECRET = Secret("postgresql://nobody@127.0.0.1:9/none")


def _settings(folder: Path | None = None, bucket: str = "") -> Settings:
    return Settings(
        database_url=_SECRET,
        redis_url=_SECRET,
        gateway_key=_SECRET,
        key_encryption_key=_SECRET,
        audit_folder=folder,
        audit_bucket=bucket,
    )


async def test_anchors_stand_in_a_folder_a_bucket_or_nowhere(tmp_path: Path) -> None:
    """The settings say where."""
    assert room.kept(_settings()) is None
    assert room.kept(_settings(bucket="files")) is not None
    anchors = room.kept(_settings(folder=tmp_path / "audit"))
    assert anchors is not None
    await anchors.put(1, bytes(32))
    assert (tmp_path / "audit").is_dir()


async def test_a_replica_ends_although_the_database_is_out() -> None:
    """What cannot be written any more does not hold it up."""
    audit = room.Audit(Pool(_SECRET, 1, 1000), Redis(_SECRET), Cursors(_SECRET), _settings())
    assert 5 == len(audit.jobs())
    await audit.close()
