"""The reference platform and two ways to place it."""

from pathlib import Path

import pytest

from groundplan.loader import load
from groundplan.model.placement import Address, Discovery, Endpoint, Placement, in_kubernetes

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture(scope="session")
def platform():
    """Return the reference platform, as it runs on one machine."""
    return load(ROOT / "platform.yaml", "local")


@pytest.fixture
def placement():
    """Place two frontends on one port, and two gateways, of which the second drains."""
    return Placement(
        discovery=Discovery.FILES,
        endpoints=(
            Endpoint("frontend", 1, Address("127.0.0.1", 8080)),
            Endpoint("frontend", 2, Address("127.0.0.1", 8080)),
            Endpoint("gateway", 1, Address("127.0.0.1", 9001)),
            Endpoint("gateway", 2, Address("127.0.0.1", 9002), draining=True),
        ),
        config_folder="/data/config",
        run_folder="/run/gp",
        public_url="http://127.0.0.1:8080",
    )


@pytest.fixture
def cluster(platform):
    """Place the platform in Kubernetes."""
    return in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=False,
    )


@pytest.fixture
def encrypted_cluster(platform):
    """Place the platform in Kubernetes, where all speak TLS."""
    return in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=True,
    )
