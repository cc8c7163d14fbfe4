from groundplan.targets.gateway import body


def test_a_route_has_its_own_limit():
    """The model's bytes are Envoy's, whole."""
    assert {"max_request_bytes": 1024} == body.on_route(1024.0)["buffer"]


def test_no_body_is_unlimited():
    """Where no route fits a limit holds all the same."""
    assert body.MOST == body.hold()["typed_config"]["max_request_bytes"]
