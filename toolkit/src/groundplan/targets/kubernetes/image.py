"""Which image a service runs: the released one, its own, or a name that no delivery accepts."""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform

UNRELEASED: Final = "unreleased"
"""The tag of an image that nobody has released yet."""


def reference(platform: Platform, placement: Placement, service: str) -> str:
    """Return what the pods of a service run, with its digest where it was released."""
    run = platform.services[service].run
    own = run.image if run else None
    nobody = f"{platform.name}-{placement.environment}/{service}:{UNRELEASED}"
    return placement.images.get(service) or own or nobody
