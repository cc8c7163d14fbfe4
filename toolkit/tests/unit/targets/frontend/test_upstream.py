"""The gateways behind the site."""

from groundplan.targets.frontend import upstream


def test_a_draining_gateway_is_marked_down(placement):
    """After a reload, a gateway that drains gets no new requests."""
    lines = [each.strip() for each in upstream.upstream(placement, "gateway")]
    assert "server 127.0.0.1:9001 max_fails=2 fail_timeout=1s;" in lines
    assert "server 127.0.0.1:9002 max_fails=2 fail_timeout=1s down;" in lines


def test_in_a_cluster_the_name_stands_for_all(cluster):
    """Behind a name the cluster chooses; one failure must not silence the only name."""
    lines = [each.strip() for each in upstream.upstream(cluster, "gateway")]
    assert "server gateway.gp.svc.cluster.local:8080 max_fails=0;" in lines


def test_only_failed_connections_are_a_reason_to_ask_again():
    """No status of the gateway, and no write, is repeated by nginx; two tries at the most."""
    lines = upstream.patience(10.0)
    assert "proxy_next_upstream error timeout;" in lines
    assert "proxy_next_upstream_tries 2;" in lines
    assert not [each for each in lines if "http_5" in each or "non_idempotent" in each]
