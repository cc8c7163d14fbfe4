import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_contracts.identity import Role
from groundplan_gateway import decide, lease
from groundplan_gateway.decide import Allowed, Answer, Denied, Question, Quota
from groundplan_gateway.token import Claims

WELL = Answer(True, True, 4, 60)
PATHS = [
    "/api/v1/x",
    "/api/v1/identity/users",
    "/api/v1/openapi.json",
    "/api/v1/identity/sign-in",
    "/api/docs",
    "/nowhere",
    "/api/v1/..",
]
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get"]
ROLES = st.sampled_from([None, *Role])


def caller(role):
    return None if role is None else Claims(subject="somebody", session="a-session", role=role)


@pytest.mark.parametrize(
    ("path", "method", "role", "code"),
    [
        ("/api/v1/x", "GET", None, "unauthenticated"),
        ("/api/v1/x", "OPTIONS", None, "unauthenticated"),
        ("/api/v1/x", "POST", Role.VIEWER, "forbidden"),
        ("/api/v1/x", "TRACE", Role.ADMINISTRATOR, "method_not_allowed"),
        ("/api/v1/identity/users", "GET", Role.OPERATOR, "forbidden"),
        ("/nowhere", "GET", Role.ADMINISTRATOR, "not_found"),
        ("/api/v1/..", "GET", Role.ADMINISTRATOR, "invalid_request"),
    ],
)
def test_some_requests_are_refused_unasked(rules, path, method, role, code):
    """What needs no look at Redis is refused without one."""
    found = decide.question(rules.find(path), method, caller(role), "192.0.2.1")
    assert isinstance(found, Denied)
    assert code == found.problem.code


def test_a_caller_is_asked_about_by_session_and_subject(rules, viewer):
    """For a signed-in caller Redis is asked for the session and counts the subject."""
    found = decide.question(rules.find("/api/v1/x"), "GET", viewer, "192.0.2.1")
    assert isinstance(found, Question)
    assert "groundplan:session:a-session" == found.session_key
    assert "groundplan:limit:backend:/api/v1:somebody" == found.limit_key


def test_a_stranger_is_counted_by_address(rules, viewer):
    """On an open route only the address counts, even with a token."""
    found = decide.question(rules.find("/api/v1/openapi.json"), "GET", viewer, "192.0.2.1")
    assert isinstance(found, Question)
    assert "" == found.session_key
    assert "groundplan:limit:backend:/api/v1/openapi.json:192.0.2.1" == found.limit_key
    assert found.claims is None


def test_a_rule_without_limit_counts_nothing(rules):
    """Where no limit stands, nothing is asked."""
    found = decide.question(rules.find("/api/docs"), "GET", None, "192.0.2.1")
    assert isinstance(found, Question)
    assert "" == found.limit_key


def asked(rules, viewer):
    found = decide.question(rules.find("/api/v1/x"), "GET", viewer, "192.0.2.1")
    assert isinstance(found, Question)
    return found


def test_the_verdict_follows_the_answer(rules, viewer):
    """Alive and within the limit is allowed, anything else refused with its reason."""
    question = asked(rules, viewer)
    assert Allowed(viewer, Quota(5, 4, 60)) == decide.verdict(question, WELL)
    ended = decide.verdict(question, Answer(False, True, 0, 0))
    assert isinstance(ended, Denied)
    assert "session_ended" == ended.problem.code
    spent = decide.verdict(question, Answer(True, False, 0, 7))
    assert spent == Denied(decide.RATE_LIMITED, Quota(5, 0, 7), 7)


def test_waiting_is_never_said_to_take_no_time(rules, viewer):
    """A refused caller is told to wait at least a second."""
    spent = decide.verdict(asked(rules, viewer), Answer(True, False, 0, 0))
    assert isinstance(spent, Denied)
    assert 1 == spent.retry_after


@pytest.mark.parametrize(
    ("path", "method", "may"),
    [
        ("/api/v1/x", "GET", True),
        ("/api/v1/x", "POST", False),
        ("/api/v1/identity/sign-in", "GET", False),
        ("/api/v1/identity/sign-in", "POST", False),
        ("/api/v1/openapi.json", "GET", True),
        ("/api/v1/openapi.json", "POST", False),
        ("/api/v1/alerts", "POST", True),
    ],
)
def test_what_may_go_on_without_redis(rules, path, method, may):
    """While Redis is out reads go on and writes do not, but where a rule says all or nothing."""
    operator = Claims(subject="somebody", session="a-session", role=Role.OPERATOR)
    found = decide.question(rules.find(path), method, operator, "192.0.2.1")
    assert isinstance(found, Question)
    assert may is decide.may_fall_back(found)


def test_an_api_token_never_goes_on_without_redis(rules):
    """It may have been revoked long before it expires, so nobody guesses."""
    token = Claims("somebody", "a-token", Role.ADMINISTRATOR, "catalog:read")
    found = decide.question(rules.find("/api/v1/x"), "GET", token, "192.0.2.1")
    assert isinstance(found, Question)
    assert not decide.may_fall_back(found)


def test_an_api_token_gets_no_lease(rules):
    """What a lease lets in carries no scope."""
    ask = lease.Ask(1, 50, 0)
    person = Claims("somebody", "a-session", Role.VIEWER)
    token = Claims("somebody", "a-token", Role.VIEWER, "catalog:read")
    asked = [
        decide.question(rules.find("/api/leased"), "GET", one, "192.0.2.1", ask)
        for one in (person, token)
    ]
    assert [ask, None] == [one.ask for one in asked]
    assert [True, False] == [one.ahead > 0 for one in asked]


def test_unavailable_says_when_to_come_again():
    """What cannot be decided is refused with 503 and a time."""
    assert 503 == decide.unavailable().problem.status
    assert decide.unavailable().retry_after >= 1


@given(
    path=st.sampled_from(PATHS),
    method=st.sampled_from(METHODS),
    role=ROLES,
    alive=st.booleans(),
    within=st.booleans(),
)
def test_nobody_is_allowed_without_reason(rules, path, method, role, alive, within):
    """Whoever is let through asked for an open route, or has session, role and quota."""
    found = decide.question(rules.find(path), method, caller(role), "192.0.2.1")
    if isinstance(found, Denied):
        return
    verdict = decide.verdict(found, Answer(alive, within, 1, 1))
    if isinstance(verdict, Denied):
        return
    assert alive
    assert within or found.rule.limit is None
    if found.rule.auth == "required":
        assert role is not None
        assert found.session_key
        least = found.rule.roles.read if method in decide.READS else found.rule.roles.write
        assert role >= Role.parse(least)


@given(method=st.sampled_from(METHODS), lower=ROLES, higher=ROLES)
def test_a_higher_role_is_never_refused_more(rules, method, lower, higher):
    """Whatever a role may do, a higher one may do as well."""
    if lower is None or higher is None or higher < lower:
        return
    for path in PATHS:
        match = rules.find(path)
        if isinstance(decide.question(match, method, caller(lower), ""), Question):
            assert isinstance(decide.question(match, method, caller(higher), ""), Question)
