"""Where spans are taken: by the store of one machine, by the collector of a node in a cluster."""

from typing import Final

from groundplan.model.flow import COLLECTOR, COLLECTOR_PORT
from groundplan.model.placement import Address, Discovery, Placement
from groundplan.model.platform import TELEMETRY

PATH: Final = "/v1/traces"


def name(placement: Placement) -> str:
    """Return the component that takes spans."""
    return TELEMETRY if placement.discovery is Discovery.FILES else COLLECTOR


def address(placement: Placement) -> Address | None:
    """Return where spans are taken; None where nobody takes any."""
    if placement.discovery is Discovery.FILES:
        found = placement.of(TELEMETRY)
        return found[0].address if found else None
    if not placement.endpoints:
        return None
    # Every name in a cluster ends alike: in the namespace that all components share.
    some = placement.endpoints[0]
    return Address(COLLECTOR + some.address.host.removeprefix(some.component), COLLECTOR_PORT)


def url(placement: Placement) -> str:
    """Return where spans are taken, as OTEL_EXPORTER_OTLP_ENDPOINT says it; empty for nowhere."""
    at = address(placement)
    if at is None:
        return ""
    return f"{'https' if placement.is_encrypted else 'http'}://{at}"
