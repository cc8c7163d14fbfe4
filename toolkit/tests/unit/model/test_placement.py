"""Where components stand."""

import pytest

from groundplan.model.placement import Address, Discovery, Endpoint, Placement, in_kubernetes

HERE = Placement(
    discovery=Discovery.FILES,
    endpoints=(
        Endpoint("backend", 1, Address("127.0.0.1", 8081)),
        Endpoint("gateway", 1, Address("127.0.0.1", 8082)),
        Endpoint("backend", 2, Address("127.0.0.1", 8083)),
    ),
    config_folder="/config",
    run_folder="/run",
    public_url="http://127.0.0.1:8080",
)


def test_finds_a_component_in_order_of_replicas() -> None:
    """All endpoints of one component, and no others."""
    assert [8081, 8083] == [each.address.port for each in HERE.of("backend")]


def test_finds_one_replica() -> None:
    """One replica by its number; a number that is not there is an error."""
    assert "127.0.0.1:8083" == str(HERE.replica("backend", 2).address)
    with pytest.raises(KeyError):
        HERE.replica("backend", 3)


def test_in_kubernetes_a_name_stands_for_all_replicas() -> None:
    """In a cluster every component is one DNS name on one port, behind a load balancer."""
    placed = in_kubernetes(["backend"], namespace="shop", domain="shop.example", environment="dev")
    (backend,) = placed.of("backend")
    assert "backend.shop.svc.cluster.local:8080" == str(backend.address)
    assert (0, "https://shop.example", 1) == (
        backend.replica,
        placed.public_url,
        placed.trusted_hops,
    )
