"""Ports are free, remembered, and never shared with another copy."""

import socket

import pytest

from groundplan.runner.port import Ports, is_free


@pytest.fixture
def taken():
    """Hold a port as a stranger would, and return it."""
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        yield stranger.getsockname()[1]


def test_a_taken_port_is_passed_over(tmp_path, taken):
    """The next free port is used, and the one beside it for the next name."""
    ports = Ports(tmp_path / "ports.json", taken)
    ports.settle(["frontend", "cache-1"], ())
    assert taken < ports.of["frontend"] < ports.of["cache-1"]


def test_ports_are_remembered(tmp_path, taken):
    """The next run gets the same ports, so that the address stays."""
    first = Ports(tmp_path / "ports.json", taken)
    first.settle(["frontend"], ())
    first.close()
    second = Ports(tmp_path / "ports.json", taken)
    second.settle(["frontend"], ())
    assert first.of == second.of


def test_another_base_means_other_ports(tmp_path, taken):
    """Asking for another base is heeded even though ports are remembered."""
    first = Ports(tmp_path / "ports.json", taken)
    first.settle(["frontend"], ())
    first.close()
    second = Ports(tmp_path / "ports.json", taken + 100)
    second.settle(["frontend"], ())
    assert second.of["frontend"] >= taken + 100


def test_two_copies_never_get_the_same_port(tmp_path, taken):
    """A port that another supervisor holds is not given out, even while nobody listens there."""
    one, two = Ports(tmp_path / "one.json", taken), Ports(tmp_path / "two.json", taken)
    one.settle(["frontend"], ())
    two.settle(["frontend"], ())
    assert one.of["frontend"] != two.of["frontend"]


def test_a_port_taken_meanwhile_is_moved(tmp_path):
    """A replica whose port a stranger took gets another, and only then."""
    ports = Ports(tmp_path / "ports.json", 21000)
    ports.settle(["backend-1"], ())
    before = ports.of["backend-1"]
    assert not ports.check("backend-1")
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", before))
        stranger.listen()
        assert not is_free(before)
        assert ports.check("backend-1")
    assert before != ports.of["backend-1"]


def test_a_living_process_keeps_its_port(tmp_path, taken):
    """What an adopted process listens on is not free, and stays its own."""
    first = Ports(tmp_path / "ports.json", taken)
    first.of = {"backend-1": taken}
    first.remember()
    second = Ports(tmp_path / "ports.json", taken)
    second.settle(["backend-1"], {"backend-1"})
    assert {"backend-1": taken} == second.of


def test_a_moved_port_takes_no_remembered_one(tmp_path):
    """When the first name must move, it passes over the ports that the other names had."""
    first = Ports(tmp_path / "ports.json", 21100)
    first.settle(["frontend", "cache-1"], ())
    first.close()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", first.of["frontend"]))
        stranger.listen()
        second = Ports(tmp_path / "ports.json", 21100)
        second.settle(["frontend", "cache-1"], ())
    assert first.of["cache-1"] == second.of["cache-1"]
    assert second.of["frontend"] not in first.of.values()
