"""A state that Terraform could not write is kept."""

import json
from pathlib import Path

import pytest

from groundplan.cloud import rescue
from groundplan.cloud.root import Root
from groundplan.errors import MachineError
from groundplan.tools.found import Found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Return a root with its folders."""
    (tmp_path / "files").mkdir()
    (tmp_path / "data/terraform").mkdir(parents=True)
    program = Found("Terraform", Path("terraform"), (1, 11), "PATH")
    return Root(program, tmp_path / "files", tmp_path / "data", {})


def test_room_is_set_aside_and_given_back(root: Root) -> None:
    """The file has its size while the block lasts, and is gone after."""
    with rescue.room(root.data):
        assert rescue.ROOM == (root.data / rescue.RESERVE).stat().st_size
    assert not (root.data / rescue.RESERVE).exists()


def test_without_room_nothing_begins(tmp_path: Path) -> None:
    """A folder that takes nothing is refused before anything is changed."""
    with (
        pytest.raises(MachineError, match="no room for the state") as caught,
        rescue.room(tmp_path / "missing"),
    ):
        pass
    assert "nothing was changed" in caught.value.hint


def test_a_broken_state_beside_the_files_is_replaced(root: Root) -> None:
    """The state is whole again, for nobody else to read, and the broken copy is gone."""
    (root.folder / rescue.STATE).write_text('{"serial": 1, "resour')
    (root.folder / rescue.KEPT).write_text('{"serial": 1, "re')
    said = rescue.keep(root, '{"serial": 2}')
    state = root.folder / rescue.STATE
    assert ({"serial": 2}, 0o600) == (json.loads(state.read_text()), state.stat().st_mode & 0o777)
    assert [rescue.STATE] == [path.name for path in root.folder.iterdir()]
    assert str(state) in said


def test_a_state_elsewhere_is_kept_to_be_pushed(root: Root) -> None:
    """Where the state is in S3 the copy stays in our data folder, and the way back is said."""
    noted = {"backend": {"type": "s3"}}
    (root.data / "terraform/terraform.tfstate").write_text(json.dumps(noted))
    said = rescue.keep(root, '{"serial": 2}')
    assert {"serial": 2} == json.loads((root.data / rescue.KEPT).read_text())
    assert "terraform state push" in said
    assert [] == list(root.folder.iterdir())
