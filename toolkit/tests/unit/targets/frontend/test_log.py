"""The access log."""

from groundplan.targets.frontend import log


def test_query_strings_are_not_logged():
    """Addresses are logged without what follows the question mark, which may be a secret."""
    assert not {"$request", "$request_uri", "$args", "$query_string"} & set(log.FIELDS.values())


def test_lines_are_json():
    """Values are escaped as JSON asks, whatever a caller sends."""
    assert any("escape=json" in each for each in log.access_log())
