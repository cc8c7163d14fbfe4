"""Arrows that follow from others: who has routes is called by the gateway."""

from typing import Final

from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service

ROUTED: Final = (Kind.BACKEND, Kind.SERVICE)
"""The kinds that may have routes."""


def complete(platform: Platform) -> Platform:
    """Return the platform with the gateway calling every service that has routes.

    So a service of the user's needs no change of `gateway.calls` to be reached.
    """
    services = {
        name: _calling(service, platform) if service.kind is Kind.GATEWAY else service
        for name, service in platform.services.items()
    }
    return platform.model_copy(update={"services": services})


def _calling(gateway: Service, platform: Platform) -> Service:
    routed = [
        name
        for name, service in platform.services.items()
        if service.routes and service.kind in ROUTED
    ]
    calls = tuple(dict.fromkeys((*gateway.calls, *routed)))
    return gateway.model_copy(update={"calls": calls})
