"""Savings of the nodes: Graviton, spot, a commitment, fewer of them, and none at night."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from groundplan.cost.line import Component
from groundplan.cost.savings.saving import Case, Saving, Use
from groundplan.model.cluster import Capacity, NodeGroup
from groundplan.model.platform import Platform

GRAVITON: Final = {
    "t3": "t4g",
    "t3a": "t4g",
    "m5": "m6g",
    "m5a": "m6g",
    "m6a": "m6g",
    "m6i": "m6g",
    "m7i": "m7g",
    "c6i": "c6g",
    "r5": "r6g",
    "r6i": "r6g",
}
"""Families and the ones of Graviton with as much memory."""
COMMITMENTS: Final = {1: 0.28, 3: 0.50}
"""Years of a Compute Savings Plan without upfront payment, and the share of t3 it takes off."""
AWAY: Final = 108 / 168
"""The share of a week outside twelve hours of five days."""


def savings(case: Case) -> Iterator[Saving]:
    """Yield them."""
    for name, group in case.platform.cluster.node_groups.items():
        yield from _graviton(case, name, group)
    yield from _spot(case)
    yield from _committed(case)
    yield from _fewer(case)
    yield from _at_night(case)


def with_group(platform: Platform, name: str, **changed: object) -> Platform:
    """Return the platform with one node group changed."""
    groups = dict(platform.cluster.node_groups)
    groups[name] = groups[name].model_copy(update=changed)
    cluster = platform.cluster.model_copy(update={"node_groups": groups})
    return platform.model_copy(update={"cluster": cluster})


def graviton(instance_type: str) -> str:
    """Return the type of the same size with Graviton, or the type itself where none is known."""
    family, _, size = instance_type.partition(".")
    return f"{GRAVITON.get(family, family)}.{size}"


def _graviton(case: Case, name: str, group: NodeGroup) -> Iterator[Saving]:
    types = tuple(map(graviton, group.instance_types))
    if types == group.instance_types or not all(each in case.sheet.machines for each in types):
        return
    yield Saving(
        f"Graviton for nodes {name}",
        case.saved(with_group(case.platform, name, instance_types=types)),
        f"cluster.nodeGroups.{name}.instanceTypes: [{', '.join(types)}]",
        "every image must be built for arm64, those of others too",
    )


def _on_demand(platform: Platform) -> dict[str, NodeGroup]:
    groups = platform.cluster.node_groups
    return {name: group for name, group in groups.items() if group.capacity is Capacity.ON_DEMAND}


def _spot(case: Case) -> Iterator[Saving]:
    """Move what is above the least from the first group on demand to the first of spot."""
    groups = case.platform.cluster.node_groups
    spot = next((name for name in groups if groups[name].capacity is Capacity.SPOT), None)
    for name, group in list(_on_demand(case.platform).items())[:1]:
        moved = min(group.desired - group.min, _room(groups[spot]) if spot else 0)
        if not spot or moved <= 0:
            return
        more, less = groups[spot].desired + moved, group.desired - moved
        smaller = with_group(case.platform, name, desired=less)
        yield Saving(
            f"spot for {moved} nodes of {name}",
            case.saved(with_group(smaller, spot, desired=more)),
            f"cluster.nodeGroups.{name}.desired: {less}, "
            f"cluster.nodeGroups.{spot}.desired: {more}",
            "AWS may take spot nodes back within two minutes; what remains is the least",
            "spot at 40 % of the price on demand",
        )


def _room(group: NodeGroup) -> int:
    return group.max - group.desired


def _committed(case: Case) -> Iterator[Saving]:
    names = [f"nodes {name}" for name in _on_demand(case.platform)]
    dollars = case.cost(Component.CLUSTER, *names)
    for years, share in COMMITMENTS.items():
        yield Saving(
            f"Compute Savings Plan, {years} year{'s' if years > 1 else ''}",
            dollars * share,
            "bought in the account's billing; no key of the file",
            "paid whether used or not; buy it for the least that always runs",
            f"{share:.0%} off, not confirmed; AWS publishes up to 66 %",
        )


def _fewer(case: Case) -> Iterator[Saving]:
    if case.use is None:
        return
    for name, group in list(_on_demand(case.platform).items())[:1]:
        enough = _enough(case.platform, group, case.use)
        if enough >= group.desired:
            return
        yield Saving(
            f"{enough} instead of {group.desired} nodes {name}",
            case.saved(with_group(case.platform, name, desired=enough)),
            f"cluster.nodeGroups.{name}.desired: {enough}",
            "less room for a burst until the autoscaler has added nodes",
            f"measured: {case.use.cpu:.0%} of CPU and {case.use.memory:.0%} of memory used",
        )


def _enough(platform: Platform, group: NodeGroup, use: Use) -> int:
    """Return nodes that would be used as `objectives.utilization` asks, at least one a zone."""
    wanted = platform.objectives.utilization
    needed = group.desired * max(use.cpu / wanted.cpu[1], use.memory / wanted.memory[1])
    return max(ceil(needed), platform.network.zones, group.min)


def _at_night(case: Case) -> Iterator[Saving]:
    if case.platform.database.multi_zone:
        return
    names = [f"nodes {name}" for name in _on_demand(case.platform)]
    nodes = case.cost(Component.CLUSTER, *names, "node monitoring")
    database = case.cost(Component.DATABASE, "instance", "read replicas")
    yield Saving(
        "nothing runs at night and on weekends",
        (nodes + database) * AWAY,
        "no key of the file: scheduled actions of the node groups, and a stop of the database",
        "nobody can use it then; AWS starts a stopped database again after seven days",
        "up twelve hours of five days",
    )
