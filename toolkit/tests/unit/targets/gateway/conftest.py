"""Platforms, two ways to place them, and a look into what was rendered."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.placement import Address, Discovery, Endpoint, Placement, in_kubernetes
from groundplan.model.platform import Platform
from groundplan.targets import gateway
from groundplan.targets.gateway import parties
from groundplan.targets.gateway.parties import Parties

SHOP = """
services:
  shop:
    kind: service
    run: {command: [serve]}
    routes: [/shop, {path: /shop/open, auth: none, timeout: 3s}]
    limits: {requests: 7, per: 500ms, body: 64Ki}
"""


@pytest.fixture
def platform(platform_with: Callable[[str], Platform]) -> Platform:
    """Return the reference platform with a service of somebody's own."""
    return platform_with(SHOP)


@pytest.fixture
def here() -> Placement:
    """Place two of each on this machine; the second backend drains."""
    ports = {"gateway": 9100, "authz": 9200, "backend": 9300, "shop": 9400}
    endpoints = [
        Endpoint(name, replica, Address("127.0.0.1", port + replica), (name, replica) == DRAINING)
        for name, port in ports.items()
        for replica in (1, 2)
    ]
    endpoints.append(Endpoint("gateway.statistics", 1, Address("127.0.0.1", 9901)))
    return Placement(Discovery.FILES, tuple(endpoints), "/data/config", "/run/gp", "http://here")


DRAINING = ("backend", 2)


@pytest.fixture
def cluster(platform: Platform) -> Placement:
    """Place the platform in Kubernetes."""
    return in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=False,
    )


@pytest.fixture
def encrypted_cluster(platform: Platform) -> Placement:
    """Place the platform in Kubernetes, where all speak TLS."""
    return in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=True,
    )


@pytest.fixture
def found(platform: Platform) -> Parties:
    """Return who takes part."""
    made = parties.find(platform)
    assert made is not None
    return made


@pytest.fixture
def envoy(platform: Platform, here: Placement) -> dict[str, Any]:
    """Return the first replica's configuration, read back."""
    files = {file.path: file.content for file in gateway.render(platform, here)}
    read: dict[str, Any] = json.loads(files["gateway-1/envoy.json"])
    return read
