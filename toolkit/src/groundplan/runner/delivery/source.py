"""Which folders a service's code is made of, and which services have code that can be packed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from groundplan.errors import UsageError
from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.local import own

ROOT: Final = Path(__file__).resolve().parents[5]
"""The repository."""
SITE: Final = ROOT / "services" / "frontend" / "dist"
_SERVICES: Final = ROOT / "services"
_CONTRACTS: Final = _SERVICES / "contracts" / "src" / "groundplan_contracts"
PYTHON: Final[Mapping[Kind, Mapping[str, Path]]] = {
    Kind.BACKEND: {
        "groundplan_backend": _SERVICES / "backend" / "src" / "groundplan_backend",
        "groundplan_contracts": _CONTRACTS,
    },
    Kind.AUTHORIZATION: {
        "groundplan_gateway": _SERVICES / "gateway" / "authz" / "src" / "groundplan_gateway",
        "groundplan_contracts": _CONTRACTS,
    },
}
"""Our own services: the packages that their processes import."""


def parts(platform: Platform, folders: Folders, name: str) -> Mapping[str, Path]:
    """Return the folders of a service's code by the name that each has in a version.

    Raises:
        UsageError: there is no such service, or it has no code of its own.
    """
    service = platform.services.get(name)
    if service is None:
        known = ", ".join(releasable(platform))
        raise UsageError(f"there is no service {name}", hint=f"these can be released: {known}")
    found = _parts(service, folders)
    if found is None:
        known = ", ".join(releasable(platform))
        raise UsageError(_why_not(name, service), hint=f"these can be released: {known}")
    return found


def releasable(platform: Platform) -> list[str]:
    """Return the services that have code of their own."""
    return [name for name, service in platform.services.items() if _has_code(service)]


def _has_code(service: Service) -> bool:
    if service.kind is Kind.SERVICE:
        return service.run is not None and service.run.directory is not None
    return service.kind is Kind.STATIC or service.kind in PYTHON


def _parts(service: Service, folders: Folders) -> Mapping[str, Path] | None:
    if not _has_code(service):
        return None
    if service.kind is Kind.STATIC:
        return {"": SITE}
    if service.run is not None:
        return {"": Path(own.directory(service.run, folders))}
    return PYTHON[service.kind]


def _why_not(name: str, service: Service) -> str:
    if service.kind is Kind.SERVICE:
        return f"{name} has no folder of its own: services.{name}.run.directory is missing"
    return f"{name} has no code of its own: all that it does stands in the platform file"
