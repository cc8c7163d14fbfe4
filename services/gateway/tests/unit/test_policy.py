import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_gateway import policy
from groundplan_gateway.policy import MALFORMED, UNMATCHED, PolicyError, Rule


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/api/v1", "/api/v1"),
        ("/api/v1/", "/api/v1"),
        ("/api/v1/catalog/services", "/api/v1"),
        ("/api/v1/identity/users", "/api/v1/identity/users"),
        ("/api/v1/identity/users/7", "/api/v1/identity/users"),
        ("/api/v1/identity/usersx", "/api/v1"),
        ("/api/v1/openapi.json", "/api/v1/openapi.json"),
        ("/api/v1/openapi.jsonx", "/api/v1"),
        ("/api/exact", "/api/exact"),
        ("/api/v1/my%20file", "/api/v1"),
    ],
)
def test_the_most_specific_rule_is_found(rules, path, rule):
    """The longest path that fits, segment by segment, decides."""
    found = rules.find(path)
    assert isinstance(found, Rule)
    assert rule == found.path


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", UNMATCHED),
        ("/api", UNMATCHED),
        ("/api/v1x", UNMATCHED),
        ("/api/exact/below", UNMATCHED),
        ("/API/v1", UNMATCHED),
        ("/api/v1/identity/Users", UNMATCHED),
        ("/api/v1/identity/users%20", UNMATCHED),
        ("/api/v1/identity/%EF%BD%95sers", UNMATCHED),
        ("/api/docs/..", MALFORMED),
        ("/api/docs/my%20file", MALFORMED),
        ("/api/v1/identity%2fusers", MALFORMED),
    ],
)
def test_what_no_rule_stands_for(rules, path, answer):
    """Unusual paths find no rule, and never a weaker one."""
    assert answer == rules.find(path)


@given(st.text(alphabet="/api.v1openjsdcuritye%2fE;\\ A", max_size=40))
def test_an_open_rule_is_found_by_plain_paths_only(rules, text):
    """Only a path that begins with the open rule's, letter by letter, finds it."""
    found = rules.find("/" + text)
    if isinstance(found, Rule) and found.auth == "none":
        assert ("/" + text).startswith(found.path)


RULE = {
    "id": "a",
    "service": "b",
    "path": "/a",
    "match": "prefix",
    "auth": "none",
    "when_cache_is_down": "reads",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rules": [{**RULE, "auth": "required"}]}, "no roles are named"),
        ({"rules": [RULE, RULE]}, "two rules stand for one path"),
        ({"rules": [RULE, {**RULE, "path": "/A"}]}, "two rules stand for one path"),
        ({"rules": [{**RULE, "path": "/a/../b"}]}, "no plain path"),
        ({"rules": [{**RULE, "auth": "maybe"}]}, "Invalid enum value 'maybe'"),
        ({"rules": [{**RULE, "limit": {"requests": 0, "per_seconds": 1}}]}, ">= 1"),
        ({"rules": [{**RULE, "unknown": 1}]}, "unknown field `unknown`"),
        ({"gateway_prefix": "x-other"}, "gateway_prefix must be 'x-groundplan'"),
        ({"limits": {}}, "local_requests"),
    ],
)
def test_a_wrong_policy_is_refused(policy_text, changes, words):
    """A policy that does not say what it must is not taken, and the reason is named."""
    with pytest.raises(PolicyError, match=words):
        policy.parse(policy_text(**changes))


def test_text_that_is_no_policy_is_refused():
    """Half a file is no policy."""
    with pytest.raises(PolicyError):
        policy.parse(b'{"rules": [')
