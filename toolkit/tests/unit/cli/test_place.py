"""Every command about a run finds the same data folder."""

import argparse

from groundplan.cli import place


def _find(*words: str):
    parser = argparse.ArgumentParser()
    place.add_arguments(parser)
    return place.find(parser.parse_args(words))


def test_data_is_kept_by_the_file(tmp_path):
    """Without --data the folder stands beside the platform file, one an environment."""
    found = _find("--file", str(tmp_path / "platform.yaml"))
    assert f"{tmp_path}/.groundplan/local" == found.data
    assert str(tmp_path) == found.source


def test_data_may_stand_elsewhere(tmp_path):
    """--data names any folder; services of the user's still start beside the file."""
    found = _find("--file", str(tmp_path / "platform.yaml"), "--data", "/somewhere")
    assert ("/somewhere", str(tmp_path)) == (found.data, found.source)
