from groundplan.targets.gateway import accesslog
from groundplan.targets.gateway.filters import READY
from groundplan.targets.gateway.routes import LIVE


def test_a_line_says_what_is_needed_and_no_secret():
    """Ids, times, flags and hosts are logged; queries and tokens are not."""
    (log,) = accesslog.access_log()
    fields = log["typed_config"]["log_format"]["json_format"]
    assert {"request_id", "traceparent", "upstream", "flags", "duration_ms"} <= fields.keys()
    assert "%PATH(NQ)%" == fields["path"]
    assert "AUTHORIZATION" not in str(fields).upper()
    assert "REMOTE_ADDRESS" not in str(fields)


def test_probes_are_left_out():
    """They come every few seconds, from everybody who looks after the gateway."""
    (log,) = accesslog.access_log()
    asked = log["filter"]["header_filter"]["header"]
    assert (":path", True) == (asked["name"], asked["invert_match"])
    assert all(path.startswith(asked["string_match"]["prefix"]) for path in (READY, LIVE))
