"""The access log."""

import re

import pytest

from groundplan.targets.frontend import log


def test_query_strings_are_not_logged():
    """Addresses are logged without what follows the question mark, which may be a secret."""
    assert not {"$request", "$request_uri", "$args", "$query_string"} & set(log.FIELDS.values())


def test_nobody_is_known_by_a_line():
    """The address is that of a network, and the browser is not told of."""
    assert not {"$remote_addr", "$http_user_agent"} & set(log.FIELDS.values())


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("2001:db8:1::5", "2001:db8:1::"),
        ("2001:db8::1", "2001:db8::"),
        ("::1", "::"),
        ("::ffff:203.0.113.77", "::"),
        ("unix:", "::"),
    ],
)
def test_of_an_address_the_network_is_written(address, network):
    """24 bits, or 48 of a long one; where nothing is known, nothing."""
    found = "::"
    for pattern, value in log.NETWORKS:
        matched = re.search(pattern.removeprefix("~").replace("(?<v", "(?P<v"), address)
        if matched:
            found = re.sub(r"\$(v[46])", lambda name, of=matched: of[name[1]], value)
            break
    assert network == found


def test_lines_are_json():
    """Values are escaped as JSON asks, whatever a caller sends."""
    assert any("escape=json" in each for each in log.access_log())
