"""Alerts about machines."""

import re
from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import machines
from groundplan.targets.monitoring.rules.window import Clock


def test_a_cluster_has_alerts_of_its_own(platform_with: Callable[[str], Platform]) -> None:
    """Of what only clusters have, in the platform's namespace."""
    here, there = (
        list(machines.groups(platform_with(""), Clock(), in_cluster=cluster))
        for cluster in (False, True)
    )
    assert (1, 2) == (len(here), len(there))
    ours = re.compile(r'namespace=(~"groundplan\||"groundplan")')
    assert all(ours.search(rule.expression) for rule in there[1].rules)
    wide = [rule.name for rule in there[1].rules if "|monitoring|" in rule.expression]
    assert ["DiskAlmostFull", "CertificateExpires"] == wide
    assert "kube" not in "".join(rule.expression for rule in here[0].rules)
