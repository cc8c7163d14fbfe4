"""Networks nest, keep apart, have the sizes that AWS allows, and one subnet in every zone."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.loader.tree import Path, dotted
from groundplan.model.network import Nat
from groundplan.model.platform import Platform

TIERS: Final = ("public", "private", "database")
LARGEST: Final = 16
SMALLEST: Final = 28
VPN_SIZES: Final = (12, 22)


def _subnets(platform: Platform) -> Iterator[tuple[Path, IPv4Network]]:
    for tier in TIERS:
        for index, subnet in enumerate(getattr(platform.network.subnets, tier)):
            yield ("network", "subnets", tier, index), subnet


def nest(platform: Platform) -> Iterator[Finding]:
    """Every subnet lies in the VPC's network."""
    whole = platform.network.cidr
    for path, subnet in _subnets(platform):
        if not subnet.subnet_of(whole):
            wrong = f"must lie in network.cidr ({whole}), is {subnet}"
            hint = _free(platform, subnet.prefixlen)
            also = (("network", "cidr"),)
            yield Finding(path, wrong, Code.SUBNET_OUTSIDE, hint, also=also)


def _free(platform: Platform, length: int) -> str:
    """Return a hint with the first network of a size that is still free."""
    taken = [subnet for _, subnet in _subnets(platform)]
    whole = platform.network.cidr
    if not whole.prefixlen <= length <= SMALLEST:
        return ""
    for candidate in whole.subnets(new_prefix=length):
        if not any(candidate.overlaps(each) for each in taken):
            return f"{candidate} is free"
    return "there is no room left; make network.cidr larger"


def keep_apart(platform: Platform) -> Iterator[Finding]:
    """No two subnets overlap."""
    for (first, one), (second, other) in combinations(_subnets(platform), 2):
        if one.overlaps(other):
            wrong = f"{other} overlaps {dotted(first)} ({one})"
            hint = _free(platform, other.prefixlen)
            yield Finding(second, wrong, Code.NETWORK_OVERLAP, hint, also=(first,))


def vpn_apart(platform: Platform) -> Iterator[Finding]:
    """The VPN's clients have addresses outside the VPC, and as many as AWS allows."""
    vpn, whole = platform.network.vpn, platform.network.cidr
    if vpn is None:
        return
    path = ("network", "vpn", "cidr")
    if vpn.cidr.overlaps(whole):
        wrong = f"{vpn.cidr} overlaps network.cidr ({whole})"
        hint = "choose addresses outside the VPC"
        yield Finding(path, wrong, Code.NETWORK_OVERLAP, hint, also=(("network", "cidr"),))
    low, high = VPN_SIZES
    if not low <= vpn.cidr.prefixlen <= high:
        wrong = f"must be between /{low} and /{high}, is /{vpn.cidr.prefixlen}"
        yield Finding(path, wrong, Code.NETWORK_SIZE, "AWS Client VPN allows no other sizes")


def one_in_every_zone(platform: Platform) -> Iterator[Finding]:
    """Every tier has as many subnets as there are zones."""
    zones = platform.network.zones
    for tier in TIERS:
        has = len(getattr(platform.network.subnets, tier))
        if has != zones:
            wrong = f"must have {zones} subnets, one for each of network.zones, has {has}"
            path = ("network", "subnets", tier)
            yield Finding(path, wrong, Code.SUBNET_COUNT, also=(("network", "zones"),))


def have_sane_sizes(platform: Platform) -> Iterator[Finding]:
    """Networks are as large as AWS allows."""
    for path, network in ((("network", "cidr"), platform.network.cidr), *_subnets(platform)):
        if not LARGEST <= network.prefixlen <= SMALLEST:
            wrong = f"must be between /{LARGEST} and /{SMALLEST}, is /{network.prefixlen}"
            yield Finding(path, wrong, Code.NETWORK_SIZE, "AWS allows no other sizes")


def are_private(platform: Platform) -> Iterator[Finding]:
    """The VPC uses addresses that nobody on the internet has."""
    if not platform.network.cidr.is_private:
        wrong = f"{platform.network.cidr} belongs to others on the internet"
        hint = "use 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"
        yield Finding(("network", "cidr"), wrong, Code.RISK, hint, is_warning=True)


def nodes_reach_out(platform: Platform) -> Iterator[Finding]:
    """Nodes can fetch images."""
    if platform.network.nat is Nat.NONE:
        wrong = "without NAT, nodes reach no registry outside AWS"
        hint = "use single, or per-zone to outlive a zone"
        yield Finding(("network", "nat"), wrong, Code.RISK, hint, is_warning=True)


RULES: Final = tuple(
    Rule(check, ("network",))
    for check in (
        nest,
        keep_apart,
        vpn_apart,
        one_in_every_zone,
        have_sane_sizes,
        are_private,
        nodes_reach_out,
    )
)
