"""The cluster's part of the bill: control plane, nodes and volumes."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from groundplan.cost.amount import Range, exactly
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Price, Rate, Sheet
from groundplan.cost.traffic import HOURS
from groundplan.model import support
from groundplan.model.cluster import Capacity, NodeGroup
from groundplan.model.platform import Platform

NODE_VOLUME: Final = 50.0
"""GB of a node's root volume, as the cluster module makes it."""
SPOT: Final = Range(0.3, 0.4, 0.7)
"""What spot machines cost of their price on demand; it moves with what AWS has to spare."""
GIBI: Final = float(1 << 30)


def lines(platform: Platform, sheet: Sheet, today: date) -> Iterator[Line]:
    """Yield the lines, node groups in the file's order."""
    yield _control_plane(platform.cluster.version, sheet, today)
    for name, group in platform.cluster.node_groups.items():
        yield _nodes(name, group, sheet)
    nodes = node_range(platform)
    yield line(
        Component.CLUSTER,
        "node volumes",
        f"{NODE_VOLUME:.0f} GB of gp3 for each node",
        nodes * NODE_VOLUME,
        sheet.rates[Rate.VOLUME],
    )
    yield line(
        Component.CLUSTER,
        "node monitoring",
        "seven metrics of each node every minute",
        nodes,
        sheet.rates[Rate.MONITORING],
    )
    if platform.cache.persistence.enabled:
        size = platform.cache.persistence.size / GIBI
        what = f"{size:g} GB of gp3 for the cache"
        rate = sheet.rates[Rate.VOLUME]
        yield line(Component.CLUSTER, "cache volume", what, exactly(size), rate)


def node_range(platform: Platform) -> Range:
    """Return how many nodes there are: the least, the desired and the most of all groups."""
    groups = platform.cluster.node_groups.values()
    return Range(*(float(sum(each)) for each in zip(*map(_counts, groups), strict=True)))


def is_extended(version: str, today: date) -> bool:
    """Say whether EKS asks more for a version on a day; versions it does not know are current."""
    end = support.KUBERNETES.get(version)
    return end is not None and end < today


def _control_plane(version: str, sheet: Sheet, today: date) -> Line:
    extended = is_extended(version, today)
    kind = "extended" if extended else "standard"
    known = support.KUBERNETES.get(version)
    until = f", standard until {known}" if known else ""
    return line(
        Component.CLUSTER,
        "control plane",
        f"Kubernetes {version} in {kind} support{until}",
        exactly(HOURS),
        sheet.rates[Rate.EKS_EXTENDED if extended else Rate.EKS],
        assumption="" if known else f"{version} is not in the support calendar of {support.AS_OF}",
    )


def _counts(group: NodeGroup) -> tuple[int, int, int]:
    return group.min, group.desired, group.max


def _nodes(name: str, group: NodeGroup, sheet: Sheet) -> Line:
    place = f"cluster.nodeGroups.{name}.instanceTypes"
    prices = [sheet.machine(each, place) for each in group.instance_types]
    spot = group.capacity is Capacity.SPOT
    counts = Range(*map(float, _counts(group)))
    types = " or ".join(group.instance_types)
    return Line(
        Component.CLUSTER,
        f"nodes {name}",
        f"{group.desired} x {types}, {group.capacity}, {group.min} to {group.max}",
        counts * HOURS,
        prices[0],
        _hour(prices, spot).times(counts) * HOURS,
        _assumed(group, spot),
    )


def _hour(prices: list[Price], spot: bool) -> Range:
    """Return what an hour of one node costs: the cheapest, the first and the dearest type."""
    dollars = [each.usd for each in prices]
    hour = Range(min(dollars), dollars[0], max(dollars))
    return hour.times(SPOT) if spot else hour


def _assumed(group: NodeGroup, spot: bool) -> str:
    said = []
    if len(group.instance_types) > 1:
        said.append(f"AWS gives {group.instance_types[0]} first; ends by the other types")
    if spot:
        said.append(f"spot at {SPOT.low:.0%}, {SPOT.expected:.0%} or {SPOT.high:.0%} of demand")
    return "; ".join(said)
