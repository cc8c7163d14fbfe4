"""Probes."""

from groundplan.model.probe import Probes


def test_ours_are_asked_and_others_connected_to() -> None:
    """Our services answer questions; of a stranger only the port is known."""
    assert "/healthz/ready" == Probes.asking().readiness.path
    assert None is Probes.connecting().readiness.path


def test_no_probe_asks_longer_than_its_period() -> None:
    """Liveness and readiness are answered before they are asked again."""
    for probes in (Probes.asking(), Probes.connecting()):
        assert all(each.timeout <= each.period for each in (probes.readiness, probes.liveness))
