from groundplan.targets.gateway import credential


def test_the_key_is_read_from_the_shared_file(here, found):
    """Envoy reads the file that the authorisation service reads."""
    secret = credential.secret(here, found)["generic_secret"]["secret"]
    assert {"filename": "/data/config/secrets/authz.gateway-key"} == secret


def test_a_clients_key_is_overwritten():
    """Whatever the client sent, the header is ours."""
    made = credential.gateway_key()["typed_config"]
    assert made["overwrite"] is True
    assert "x-groundplan-gateway" == made["credential"]["typed_config"]["header"]


def test_a_pod_finds_the_key_among_its_secrets(cluster, found):
    """In Kubernetes the gateway has a secret of its own, under the key's name."""
    secret = credential.secret(cluster, found)["generic_secret"]["secret"]
    assert {"filename": "/etc/groundplan/secrets/gateway-key"} == secret
