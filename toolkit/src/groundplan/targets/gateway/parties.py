"""Who takes part in a request: the gateway, the authorisation service, and what has routes."""

from dataclasses import dataclass

from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service


@dataclass(frozen=True, slots=True)
class Parties:
    """The services that the gateway's configuration is made of, by name."""

    gateway: str
    authorization: str
    backend: str
    """Who signs access tokens and publishes the keys."""
    routed: tuple[tuple[str, Service], ...]
    """The services that have routes, with their names."""


def find(platform: Platform) -> Parties | None:
    """Return the parties, or nothing where no gateway is wanted.

    Raises:
        ValueError: there is a gateway but nobody to ask about callers.
    """
    gateway = _first(platform, Kind.GATEWAY)
    if gateway is None:
        return None
    authorization, backend = _first(platform, Kind.AUTHORIZATION), _first(platform, Kind.BACKEND)
    if authorization is None or backend is None:
        raise ValueError(
            f"services.{gateway}: a gateway needs a service of kind authorization "
            "and one of kind backend"
        )
    routed = tuple(item for item in platform.services.items() if item[1].routes)
    return Parties(gateway, authorization, backend, routed)


def _first(platform: Platform, kind: Kind) -> str | None:
    return next((name for name, _ in platform.of_kind(kind)), None)
