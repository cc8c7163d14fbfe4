import json

import pytest

from groundplan.targets import gateway


def test_one_file_a_replica_and_a_cluster(platform, here):
    """Each replica has its bootstrap, each called service its endpoints, all share the policy."""
    assert [
        "endpoints/authz.json",
        "endpoints/backend.json",
        "endpoints/shop.json",
        "gateway-1/envoy.json",
        "gateway-2/envoy.json",
        "policy.json",
    ] == [file.path for file in gateway.render(platform, here)]


def test_names_need_no_endpoints(platform, cluster):
    """Where names stand for replicas there is one bootstrap and no file of endpoints."""
    files = gateway.render(platform, cluster)
    assert ["gateway/envoy.json", "policy.json"] == [file.path for file in files]


def test_the_same_bytes_every_time(platform, here):
    """Rendering twice gives the same bytes."""
    assert gateway.render(platform, here) == gateway.render(platform, here)


def test_no_secret_is_written(platform, here):
    """The gateway's key is named by its file and stands in none of ours."""
    whole = "".join(file.content for file in gateway.render(platform, here))
    assert "/data/config/secrets/authz.gateway-key" in whole


def test_no_gateway_no_files(reference, here):
    """A platform without a gateway has none of its files."""
    services = {"backend": reference.services["backend"]}
    assert () == gateway.render(reference.model_copy(update={"services": services}), here)


def test_a_gateway_needs_somebody_to_ask(reference, here):
    """A gateway that could not tell callers apart is not rendered."""
    services = {"gateway": reference.services["gateway"]}
    with pytest.raises(ValueError, match=r"services\.gateway: a gateway needs"):
        gateway.render(reference.model_copy(update={"services": services}), here)


def test_every_file_is_json(platform, cluster):
    """Every file can be read back."""
    assert all(json.loads(file.content) for file in gateway.render(platform, cluster))
