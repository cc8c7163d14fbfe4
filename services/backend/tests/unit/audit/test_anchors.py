from datetime import UTC, datetime
from pathlib import Path

from groundplan_backend.audit.anchors import Anchors
from groundplan_backend.objects.notes import FolderNotes


async def test_an_anchor_tells_the_place_the_link_and_the_time(tmp_path: Path) -> None:
    """Names alone hold it; the last of the highest place is the latest."""
    anchors = Anchors(FolderNotes(tmp_path))
    assert await anchors.latest() is None
    began = datetime.now(UTC).replace(microsecond=0)
    await anchors.put(9, b"\x01" * 32)
    await anchors.put(10, b"\x02" * 32)
    latest = await anchors.latest()
    assert latest is not None
    assert (10, b"\x02" * 32) == latest[:2]
    assert began <= latest.at <= datetime.now(UTC)
    (day,) = await anchors.days()
    assert [9, 10] == [one.position for one in await anchors.of_day(day)]


async def test_what_is_no_anchor_is_left_aside(tmp_path: Path) -> None:
    """A stray file does not stop a pass."""
    anchors = Anchors(FolderNotes(tmp_path))
    await anchors.put(1, bytes(32))
    (day,) = await anchors.days()
    for name in ("lost", "1-2-3", "x-00-000000", "0-zz-000000"):
        (tmp_path / day / name).touch()
    assert [1] == [one.position for one in await anchors.of_day(day)]
