from groundplan.targets.gateway import accesslog


def test_a_line_says_what_is_needed_and_no_secret():
    """Ids, times, flags and hosts are logged; queries and tokens are not."""
    (log,) = accesslog.access_log()
    fields = log["typed_config"]["log_format"]["json_format"]
    assert {"request_id", "traceparent", "upstream", "flags", "duration_ms"} <= fields.keys()
    assert "%PATH(NQ)%" == fields["path"]
    assert "AUTHORIZATION" not in str(fields).upper()
