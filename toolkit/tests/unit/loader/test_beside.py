"""What stands beside the platform file."""

from pathlib import Path

from groundplan.loader import beside, load


def test_release_and_patches_are_found_beside_the_file(tmp_path: Path) -> None:
    """Both by the file's own folder and environments."""
    file = tmp_path / "platform.yaml"
    file.write_text("apiVersion: groundplan/v1\nextends: reference\n")
    assert beside.NOTHING == beside.load(file, "dev", load(file, "dev"))
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/dev.json").write_text('{"outputs": {"vpc_id": "vpc-1"}}')
    (tmp_path / "patches/prod").mkdir(parents=True)
    (tmp_path / "patches/a.yaml").write_text("kind: Service\nmetadata: {name: backend}\n")
    found = beside.load(file, "dev", load(file, "dev"))
    assert {"vpc_id": "vpc-1"} == found.release.outputs
    assert 1 == len(found.patches)
