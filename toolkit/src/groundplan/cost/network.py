"""The network's part of the bill: NAT, addresses, endpoints, the way in, and data that moves."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.amount import Range, exactly
from groundplan.cost.cluster import node_range
from groundplan.cost.line import Component, Line, line
from groundplan.cost.price import Rate, Sheet
from groundplan.cost.traffic import HOURS, INSIDE, NODE_OUT, traffic
from groundplan.model.network import Nat, Network
from groundplan.model.platform import Platform

FREE_OUT: Final = 100.0
"""GB a month to the internet that cost nothing, once for an account."""
PEOPLE: Final = Range(0, 80, 1600)
"""Hours a month that people are connected: nobody, one for half her work, ten for all of it."""
PER_ENDPOINT: Final = Range(1, 10, 50)
"""GB a month through all interface endpoints, for each node."""


def lines(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    """Yield the lines."""
    yield from _nat(platform, sheet)
    yield from _endpoints(platform, sheet)
    yield _addresses(platform.network, sheet)
    yield from _moved(platform, sheet)
    if platform.network.vpn and platform.network.vpn.enabled:
        yield from _vpn(platform.network, sheet)


def gateways(network: Network) -> int:
    """Return how many NAT gateways there are."""
    return {Nat.PER_ZONE: network.zones, Nat.SINGLE: 1, Nat.NONE: 0}[network.nat]


def _nat(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    count = gateways(platform.network)
    if not count:
        return
    what = f"{count} x NAT gateway, {platform.network.nat.value}"
    hours = exactly(HOURS * count)
    yield line(Component.NETWORK, "NAT gateways", what, hours, sheet.rates[Rate.NAT_HOUR])
    yield line(
        Component.NETWORK,
        "NAT data",
        "what nodes fetch from and send to the internet",
        node_range(platform).times(NODE_OUT),
        sheet.rates[Rate.NAT_DATA],
        assumption=f"{NODE_OUT.low:g}, {NODE_OUT.expected:g} or {NODE_OUT.high:g} GB a node",
    )


def _endpoints(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    network = platform.network
    if not network.endpoints:
        return
    count = len(network.endpoints) * network.zones
    yield line(
        Component.NETWORK,
        "interface endpoints",
        f"{len(network.endpoints)} services x {network.zones} zones",
        exactly(HOURS * count),
        sheet.rates[Rate.ENDPOINT_HOUR],
    )
    yield line(
        Component.NETWORK,
        "endpoint data",
        "images, logs and calls to AWS",
        node_range(platform).times(PER_ENDPOINT),
        sheet.rates[Rate.ENDPOINT_DATA],
        assumption=f"{PER_ENDPOINT.low:g}, {PER_ENDPOINT.expected:g} or "
        f"{PER_ENDPOINT.high:g} GB a node",
    )


def _addresses(network: Network, sheet: Sheet) -> Line:
    count = network.zones + gateways(network)
    what = f"{network.zones} of the load balancer, {gateways(network)} of NAT gateways"
    hours = exactly(HOURS * count)
    return line(Component.NETWORK, "public addresses", what, hours, sheet.rates[Rate.ADDRESS])


def _moved(platform: Platform, sheet: Sheet) -> Iterator[Line]:
    found = traffic(platform)
    yield line(
        Component.TRAFFIC,
        "to the internet",
        f"answers, the first {FREE_OUT:.0f} GB free",
        found.answered.above(FREE_OUT),
        sheet.rates[Rate.TRANSFER_OUT],
        assumption=f"{found.words}; 2, 6 or 20 kB an answer",
        tagged=False,
    )
    zones = platform.network.zones
    crossing = (zones - 1) / zones
    yield line(
        Component.TRAFFIC,
        "between zones",
        "calls between pods, cache and database, both directions",
        found.answered.times(INSIDE) * (2 * crossing),
        sheet.rates[Rate.TRANSFER_ZONE],
        assumption=f"{found.words}; {INSIDE.low:g}, {INSIDE.expected:g} or {INSIDE.high:g} "
        f"answers' bytes inside, {crossing:.0%} of them to another zone",
        tagged=False,
    )


def _vpn(network: Network, sheet: Sheet) -> Iterator[Line]:
    yield line(
        Component.ACCESS,
        "VPN associations",
        f"client VPN in {network.zones} zones",
        exactly(HOURS * network.zones),
        sheet.rates[Rate.VPN_ASSOCIATION],
    )
    yield line(
        Component.ACCESS,
        "VPN connections",
        "people who are connected",
        PEOPLE,
        sheet.rates[Rate.VPN_CONNECTION],
        assumption=f"{PEOPLE.low:g}, {PEOPLE.expected:g} or {PEOPLE.high:g} hours",
    )
