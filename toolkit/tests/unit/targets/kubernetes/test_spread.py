"""Copies stand in all zones, and beside each other only where they must."""

import pytest

from groundplan.targets.kubernetes import spread


@pytest.mark.parametrize(
    ("copies", "zones", "expected"),
    [(3, 3, "DoNotSchedule"), (20, 3, "DoNotSchedule"), (2, 3, "ScheduleAnyway")],
)
def test_zones_bind_where_there_are_copies_for_each(copies, zones, expected):
    """Fewer copies than zones are spread as well as it goes."""
    zone, node = spread.constraints("backend", copies, zones)
    assert (spread.ZONE, 1, expected) == (zone.topologyKey, zone.maxSkew, zone.whenUnsatisfiable)
    assert (spread.NODE, "ScheduleAnyway") == (node.topologyKey, node.whenUnsatisfiable)


def test_a_release_is_spread_by_itself():
    """Pods of the release before do not count, nor zones that take no pods."""
    for constraint in spread.constraints("backend", 3, 3):
        assert ["pod-template-hash"] == constraint.matchLabelKeys
        assert "Honor" == constraint.nodeTaintsPolicy


def test_nodes_are_shared_last():
    """A pod prefers a node without another of its kind."""
    preferred = spread.affinity("backend").podAntiAffinity
    term = preferred.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm
    assert (spread.NODE, {"app.kubernetes.io/name": "backend"}) == (
        term.topologyKey,
        term.labelSelector.matchLabels,
    )
