"""What tests of the local target share: the reference placed, and rendered once."""

import pytest

from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.process import Local
from groundplan.targets import local
from groundplan.targets.local import Secrets


@pytest.fixture(scope="session")
def folders() -> Folders:
    """Return folders that nobody makes."""
    return Folders("/data", "/run/gp", "/source")


@pytest.fixture(scope="session")
def secrets() -> Secrets:
    """Return secrets that are easy to find again."""
    passwords = {"backend": "backend-password", "notes-app": "p@ss/word"}
    return Secrets(
        "cache-password",
        "gateway-key",
        "encryption-key",
        passwords,
        telemetry_key="telemetry-key",
        send_key="send-key",
    )


@pytest.fixture(scope="session")
def placement(reference: Platform, folders: Folders) -> Placement:
    """Return the reference on consecutive ports."""
    return local.place(reference, ports_of(reference), folders)


@pytest.fixture(scope="session")
def rendered(
    reference: Platform, placement: Placement, folders: Folders, secrets: Secrets
) -> Local:
    """Return the reference as processes and files."""
    return local.render(reference, placement, folders, secrets)


def ports_of(platform: Platform) -> dict[str, int]:
    """Return a port for every need, counting from 9000."""
    return {need.name: 9000 + index for index, need in enumerate(local.needs(platform))}
