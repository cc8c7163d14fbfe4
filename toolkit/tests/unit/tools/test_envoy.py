"""Envoy comes from its wheel."""

from groundplan.tools import envoy


def test_the_wheel_is_found_with_its_version():
    """The version is Envoy's, not that of anything in its path."""
    found = envoy.find()
    assert ("wheel", True) == (found.origin, found.version >= (1, 30))
