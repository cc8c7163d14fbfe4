"""Where the copies of a component stand: evenly over zones and, as far as it goes, over nodes."""

from typing import Final

from lightkube.models.core_v1 import (
    Affinity,
    PodAffinity,
    PodAffinityTerm,
    PodAntiAffinity,
    TopologySpreadConstraint,
    WeightedPodAffinityTerm,
)

from groundplan.targets.kubernetes.label import selector

ZONE: Final = "topology.kubernetes.io/zone"
NODE: Final = "kubernetes.io/hostname"
_SAME_RELEASE: Final = ["pod-template-hash"]
"""Copies are counted with those of their own release: the old ones leave anyway."""


def constraints(component: str, copies: int, zones: int) -> list[TopologySpreadConstraint]:
    """Return how copies are spread.

    Args:
        component: whose copies.
        copies: the least that run.
        zones: over so many; fewer copies than zones are spread as well as it goes.
    """
    strict = copies >= zones
    return [
        _constraint(component, ZONE, "DoNotSchedule" if strict else "ScheduleAnyway"),
        _constraint(component, NODE, "ScheduleAnyway"),
    ]


def affinity(component: str) -> Affinity:
    """Return that a copy would rather not stand beside another on one node."""
    apart = PodAffinityTerm(topologyKey=NODE, labelSelector=selector(component))
    return Affinity(
        podAntiAffinity=PodAntiAffinity(
            preferredDuringSchedulingIgnoredDuringExecution=[
                WeightedPodAffinityTerm(weight=100, podAffinityTerm=apart)
            ]
        )
    )


def beside(component: str, key: str) -> Affinity:
    """Return that a pod stands only where a component does: on its node, or in its zone."""
    there = PodAffinityTerm(topologyKey=key, labelSelector=selector(component))
    return Affinity(
        podAffinity=PodAffinity(requiredDuringSchedulingIgnoredDuringExecution=[there])
    )


def _constraint(component: str, key: str, otherwise: str) -> TopologySpreadConstraint:
    return TopologySpreadConstraint(
        maxSkew=1,
        topologyKey=key,
        whenUnsatisfiable=otherwise,
        labelSelector=selector(component),
        matchLabelKeys=_SAME_RELEASE,
        # A zone whose nodes are gone or tainted must not keep the others from filling up.
        nodeTaintsPolicy="Honor",
    )
