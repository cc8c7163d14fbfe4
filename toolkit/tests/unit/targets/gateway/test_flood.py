from groundplan.targets.gateway import flood


def test_a_second_takes_a_minutes_promise(reference):
    """One Envoy takes on in a second what the platform promises for a minute."""
    bucket = flood.limit(reference)["typed_config"]["token_bucket"]
    assert {"max_tokens": 10000, "tokens_per_fill": 10000, "fill_interval": "1s"} == bucket


def test_the_limit_is_enforced(reference):
    """Both switches stand at all requests: Envoy's own default is none."""
    made = flood.limit(reference)["typed_config"]
    for switch in ("filter_enabled", "filter_enforced"):
        assert {"numerator": 100, "denominator": "HUNDRED"} == made[switch]["default_value"]
