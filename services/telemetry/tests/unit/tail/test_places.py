"""How far files were read is kept from run to run."""

from groundplan_telemetry.tail import places
from groundplan_telemetry.tail.places import Place


def test_places_are_found_again(tmp_path):
    """What was kept is loaded, and the latest counts."""
    places.keep(tmp_path, {"/a": Place(1, 2)})
    places.keep(tmp_path, {"/a": Place(1, 3)})
    assert {"/a": Place(1, 3)} == places.load(tmp_path)


def test_without_anything_usable_there_are_none(tmp_path):
    """A missing or damaged file costs only the places."""
    assert {} == places.load(tmp_path)
    (tmp_path / places.FILE).write_text("{")
    assert {} == places.load(tmp_path)
