"""Probes in whole seconds, never stricter than the file."""

import pytest

from groundplan.model.probe import Probe
from groundplan.targets.kubernetes.probe import probe


def test_it_is_asked_as_the_service_speaks():
    """Path, port and scheme arrive."""
    asked = probe(Probe(path="/live"), port="https", encrypted=True).to_dict()
    assert {"path": "/live", "port": "https", "scheme": "HTTPS"} == asked["httpGet"]
    plain = probe(Probe(path="/live"), port="http", encrypted=False).to_dict()
    assert "HTTP" == plain["httpGet"]["scheme"]


def test_without_a_path_a_connection_must_open():
    """A program of which only the port is known is asked for no more."""
    asked = probe(Probe(), port="http", encrypted=False).to_dict()
    assert {"port": "http"} == asked["tcpSocket"]
    assert "httpGet" not in asked


@pytest.mark.parametrize(
    ("period", "timeout", "failures", "expected"),
    [
        (0.2, 1.0, 150, (1, 1, 30)),
        (2.0, 1.0, 3, (2, 1, 3)),
        (1.5, 0.3, 3, (2, 1, 3)),
        (0.1, 0.1, 3, (1, 1, 1)),
        (10.0, 2.5, 1, (10, 3, 1)),
    ],
)
def test_seconds_are_whole_and_patience_is_kept(period, timeout, failures, expected):
    """The time until a no is as long as in the file, or a little longer."""
    found = probe(
        Probe(period=period, timeout=timeout, failures=failures), port="p", encrypted=False
    )
    assert expected == (found.periodSeconds, found.timeoutSeconds, found.failureThreshold)
    assert found.periodSeconds * found.failureThreshold >= round(period * failures, 6)
