from groundplan.targets.gateway import body


def test_a_route_has_its_own_limit():
    """The model's bytes are Envoy's, whole, from 256 KiB on."""
    assert {"max_request_bytes": 300000} == body.on_route(300000.0)["buffer"]
    assert {"max_request_bytes": 262144} == body.on_route(1024.0)["buffer"]


def test_a_declared_length_is_exact():
    """A body of the limit passes, one byte more is named too large."""
    assert 1025 == body.too_large(1024.0)["range_match"]["start"]


def test_no_body_is_unlimited():
    """Where no route fits a limit holds all the same."""
    assert body.MOST == body.hold()["typed_config"]["max_request_bytes"]


def test_a_stream_is_held_nowhere():
    """The filter is off on a route of streams; the declared length is looked at all the same."""
    assert body.as_it_comes()["disabled"]
