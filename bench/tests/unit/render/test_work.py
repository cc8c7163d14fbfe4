"""Rendering alone is measured inside one process."""

from pathlib import Path

from bench.render import equal, work


def test_both_parts_take_time(tmp_path: Path) -> None:
    """Reading the file and making the objects are told apart."""
    file = tmp_path / "platform.yaml"
    file.write_text(equal.platform_file(1))
    found = work.measured(str(file), equal.ENVIRONMENT)
    assert {"load", "render"} == set(found)
    assert min(found.values()) > 0
