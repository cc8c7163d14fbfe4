from groundplan.targets.gateway import hygiene
from groundplan_contracts import identity


def mutations():
    (made,) = hygiene.removals()
    return made["typed_config"]["mutations"]


def test_what_only_the_gateway_says_is_removed_by_prefix():
    """A header that is added to the contract later is covered already."""
    prefixes = [
        each["remove_on_match"]["key_matcher"]["prefix"]
        for each in mutations()
        if "remove_on_match" in each
    ]
    assert [identity.PREFIX, "x-envoy-"] == prefixes


def test_what_the_next_hop_needs_is_kept():
    """The trusted nginx's own words stay."""
    removed = {each.get("remove") for each in mutations()}
    assert not removed & {"x-forwarded-for", "x-forwarded-proto", "x-request-id", "traceparent"}
    assert {"forwarded", "x-real-ip", "x-original-url"} <= removed
