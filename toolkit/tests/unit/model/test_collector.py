"""Where spans are taken, here and in a cluster."""

from dataclasses import replace

import pytest

from groundplan.model import collector
from groundplan.model.placement import Address, Discovery, Endpoint, Placement, in_kubernetes

BACKEND = Endpoint("backend", 1, Address("127.0.0.1", 9001))
STORE = Endpoint("telemetry", 1, Address("127.0.0.1", 9100))
HERE = Placement(Discovery.FILES, (BACKEND, STORE), "/data/config", "/run/gp", "http://h")


@pytest.mark.parametrize(("encrypted", "scheme"), [(False, "http"), (True, "https")])
def test_in_a_cluster_every_node_has_one(encrypted, scheme):
    """Its name stands in the namespace of those who send, on OTLP's own port."""
    there = in_kubernetes(
        ["backend"], namespace="shop", domain="d", environment="dev", encrypted=encrypted
    )
    assert f"{scheme}://collector.shop.svc.cluster.local:4318" == collector.url(there)
    assert "collector" == collector.name(there)


def test_on_one_machine_the_store_takes_them():
    """Encrypted where everything is."""
    assert ("telemetry", "http://127.0.0.1:9100") == (collector.name(HERE), collector.url(HERE))
    assert collector.url(replace(HERE, certificate_folder="/c")).startswith("https://")


def test_without_a_store_nobody_takes_any():
    """Then nobody is told to send."""
    alone = replace(HERE, endpoints=(BACKEND,))
    assert (None, "") == (collector.address(alone), collector.url(alone))
