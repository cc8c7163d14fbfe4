"""Writing releases."""

from pathlib import Path

import pytest

from groundplan.errors import MachineError
from groundplan.loader import release as releases
from groundplan.model.platform import Platform
from groundplan.model.release import Release
from groundplan.writer import release

FOUND = Release(outputs={"vpc_id": "vpc-1"}, commit="abc")


def test_what_is_written_is_read_again(tmp_path: Path, reference: Platform) -> None:
    """The folder is made, and nothing is left beside the file."""
    file = tmp_path / "platform.yaml"
    path = release.write(file, "dev", FOUND)
    assert FOUND == releases.load(file, "dev", reference)
    assert [path] == [*path.parent.iterdir()]


def test_a_disk_that_refuses_leaves_what_was_there(tmp_path: Path) -> None:
    """All or nothing."""
    (tmp_path / "releases").write_text("not a folder")
    with pytest.raises(MachineError, match=r"cannot write .*dev\.json"):
        release.write(tmp_path / "platform.yaml", "dev", FOUND)
