"""Where components stand."""

from dataclasses import replace

import pytest

from groundplan.model.placement import (
    Address,
    Certificate,
    Discovery,
    Endpoint,
    Placement,
    in_kubernetes,
)

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


def placed(*, encrypted: bool = True, **given: dict[str, str]) -> Placement:
    """Place a shop in a cluster."""
    return in_kubernetes(
        ["backend", "storage"],
        namespace="shop",
        domain="shop.example",
        environment="dev",
        encrypted=encrypted,
        **given,
    )


def test_in_kubernetes_a_name_stands_for_all_replicas() -> None:
    """In a cluster every component is one DNS name on one port, behind a load balancer."""
    (backend,) = placed().of("backend")
    assert "backend.shop.svc.cluster.local:8443" == str(backend.address)
    assert (0, "https://shop.example", 1) == (
        backend.replica,
        placed().public_url,
        placed().trusted_hops,
    )


def test_in_kubernetes_the_port_says_whether_traffic_is_encrypted() -> None:
    """Services change port; stores keep theirs."""
    plain = placed(encrypted=False)
    assert (8080, 8443) == tuple(
        each.replica("backend", 0).address.port for each in (plain, placed())
    )
    assert (6379, 6379) == tuple(
        each.replica("cache", 0).address.port for each in (plain, placed())
    )
    assert (False, True) == (plain.is_encrypted, placed().is_encrypted)


def test_buckets_are_no_component_of_a_cluster() -> None:
    """Object storage is reached by its public addresses."""
    assert () == placed().of("storage")


def test_a_certificate_stands_in_a_folder_each_here_and_in_one_mount_there() -> None:
    """On one machine the folder has the component's name; a pod sees only its own."""
    here = replace(HERE, certificate_folder="/certificates").certificate("backend")
    assert "/certificates/backend/tls.crt" == here.chain
    assert Certificate(
        "/etc/groundplan/tls/tls.crt",
        "/etc/groundplan/tls/tls.key",
        "/etc/groundplan/tls/ca.crt",
    ) == placed().certificate("backend")


def test_images_and_outputs_are_those_that_are_given() -> None:
    """Before a release and an apply there are none."""
    assert ({}, {}) == (placed().images, placed().outputs)
    released = placed(images={"backend": "shop/backend@sha256:1"}, outputs={"vpc_id": "vpc-1"})
    assert "shop/backend@sha256:1" == released.images["backend"]
    assert "vpc-1" == released.outputs["vpc_id"]
