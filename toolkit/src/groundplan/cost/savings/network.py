"""Savings of the network: fewer NAT gateways, none, and fewer interface endpoints."""

from collections.abc import Iterator
from typing import Final

from groundplan.cost.line import Component
from groundplan.cost.network import gateways
from groundplan.cost.price import Rate
from groundplan.cost.savings.saving import Case, Saving
from groundplan.cost.traffic import HOURS
from groundplan.model.network import Nat
from groundplan.model.platform import Platform

INSTANCE: Final = "t4g.nano"
"""What forwards packets in a NAT gateway's place."""
WORTH: Final = ("ecr.api", "ecr.dkr")
"""Endpoints that carry images, by far the most bytes."""


def savings(case: Case) -> Iterator[Saving]:
    """Yield them."""
    if case.platform.network.nat is Nat.PER_ZONE:
        yield _single(case)
    if case.platform.network.nat is not Nat.NONE:
        yield _instances(case)
        yield from _fewer_endpoints(case)


def _changed(platform: Platform, **changed: object) -> Platform:
    network = platform.network.model_copy(update=changed)
    return platform.model_copy(update={"network": network})


def _single(case: Case) -> Saving:
    return Saving(
        "one NAT gateway for all zones",
        case.saved(_changed(case.platform, nat=Nat.SINGLE)),
        "network.nat: single",
        "when its zone is lost no node reaches the internet; its bytes cross zones at 0.01 a GB",
    )


def _instances(case: Case) -> Saving:
    count = gateways(case.platform.network)
    now = case.cost(Component.NETWORK, "NAT gateways", "NAT data")
    then = count * case.sheet.machines[INSTANCE].usd * HOURS
    return Saving(
        f"{count} NAT instance{'s' if count > 1 else ''} of {INSTANCE} instead of gateways",
        now - then,
        "network.nat: none, and instances of your own; no module makes them",
        "you patch and replace them yourself, and they forward far fewer bytes a second",
    )


def _fewer_endpoints(case: Case) -> Iterator[Saving]:
    endpoints = case.platform.network.endpoints
    kept = tuple(each for each in endpoints if each in WORTH)
    if kept == endpoints:
        return
    moved = case.cost(Component.NETWORK, "endpoint data")
    bytes_by_nat = moved / case.sheet.rates[Rate.ENDPOINT_DATA].usd
    more = bytes_by_nat * case.sheet.rates[Rate.NAT_DATA].usd * (1 - len(kept) / len(endpoints))
    yield Saving(
        "interface endpoints only for images",
        case.saved(_changed(case.platform, endpoints=kept)) - more,
        f"network.endpoints: [{', '.join(kept)}]",
        "other calls to AWS leave through NAT, encrypted but over public addresses",
        "each service carries the same share of the bytes",
    )
