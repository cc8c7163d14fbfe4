"""An alert about the signals themselves."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import telemetry
from groundplan.targets.monitoring.rules.window import Clock


def test_who_keeps_signals_is_asked_what_was_lost(
    platform_with: Callable[[str], Platform],
) -> None:
    """On one machine the store, in a cluster the collectors; the senders everywhere."""
    (here,) = telemetry.groups(platform_with(""), Clock(), in_cluster=False)
    (there,) = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert "groundplan_telemetry_dropped" in here.rules[0].expression
    assert "otelcol_exporter" in there.rules[0].expression
    for group in (here, there):
        assert "tracing_spans_total" in group.rules[0].expression
        assert "capped" not in group.rules[0].expression
