from groundplan.targets.gateway import authz


def test_no_answer_is_no(here, found):
    """An authorisation service that does not answer lets nobody in."""
    config = authz.ask(here, found)["typed_config"]
    assert config["failure_mode_allow"] is False
    assert {"code": "ServiceUnavailable"} == config["status_on_error"]


def test_the_answer_is_awaited_for_a_fifth_of_a_second(here, found):
    """The whole check has 200 ms, in which two replicas can be tried."""
    service = authz.ask(here, found)["typed_config"]["http_service"]
    assert "0.2s" == service["server_uri"]["timeout"]
    assert service["retry_policy"]["num_retries"] >= 1
    assert "0.09s" == service["retry_policy"]["retry_back_off"]["max_interval"]


def test_only_known_headers_pass(here, found):
    """The service sees what it needs, the caller learns its quota, the upstream the identity."""
    config = authz.ask(here, found)["typed_config"]
    seen = [each["exact"] for each in config["allowed_headers"]["patterns"]]
    assert [
        "x-groundplan-jwt-payload",
        "x-groundplan-gateway",
        "x-groundplan-lease-ask",
        "x-request-id",
    ] == seen
    answer = config["http_service"]["authorization_response"]
    assert [{"prefix": "x-groundplan-"}] == answer["allowed_upstream_headers"]["patterns"]
    assert [{"prefix": "ratelimit-"}] == answer["allowed_client_headers_on_success"]["patterns"]


def test_path_and_address_are_envoys_word(here, found):
    """The path goes along undecoded, with the address that Envoy believes."""
    service = authz.ask(here, found)["typed_config"]["http_service"]
    added = {
        each["key"]: each["value"] for each in service["authorization_request"]["headers_to_add"]
    }
    assert {
        "x-groundplan-path": "%REQ(:PATH)%",
        "x-groundplan-address": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    } == added


def test_the_address_says_what_is_spoken(cluster, encrypted_cluster, found):
    """It begins with https where the cluster is encrypted, and only there."""
    uris = [
        authz.ask(placed, found)["typed_config"]["http_service"]["server_uri"]["uri"]
        for placed in (cluster, encrypted_cluster)
    ]
    assert ["http://authz", "https://authz"] == uris


def test_off_is_said_aloud():
    """Where nothing is asked the route says so."""
    assert authz.off()["disabled"] is True
