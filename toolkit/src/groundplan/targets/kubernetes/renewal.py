"""Which secrets a program reads only when it starts, so that its pods are replaced with them.

Reloader watches them: when cert-manager renews a certificate or External Secrets fetches a new
key, it rolls the workload as a release would. Envoy takes up certificates while it runs.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.kubernetes import certificate, secret

RELOAD: Final = "secret.reloader.stakater.com/reload"


def annotations(platform: Platform, placement: Placement, component: str) -> dict[str, str]:
    """Return the annotation of a component's workload; nothing where it reads no secret."""
    names = [
        *((secret.name(component),) if secret.has_files(platform, component) else ()),
        *((certificate.name(component),) if _restarts(platform, placement, component) else ()),
    ]
    return {RELOAD: ",".join(names)} if names else {}


def _restarts(platform: Platform, placement: Placement, component: str) -> bool:
    """Return whether a new certificate is seen only after a start."""
    service = platform.services.get(component)
    watches = service is not None and service.kind is Kind.GATEWAY
    return placement.is_encrypted and not watches
