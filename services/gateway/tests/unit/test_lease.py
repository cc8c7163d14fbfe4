import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_gateway import decide, lease
from groundplan_gateway.check import grant_words
from groundplan_gateway.decide import Allowed, Answer
from groundplan_gateway.lease import Ask, Grant
from groundplan_gateway.policy import Lease

TERMS = Lease(reads=100, milliseconds=100)
ASK = Ask(id=7, expected=40, held=10)


def test_an_ask_is_read_from_its_header():
    """The gateway's three numbers come back as it wrote them."""
    assert ASK == lease.read("7 40 10")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "7",
        "7 40",
        "7 40 10 1",
        "7 -40 10",
        "7 4.5 10",
        "7 ४० 10",
        "7 1e3 1",
        "7 9999999999 1",
    ],
)
def test_nonsense_asks_nothing(header):
    """Anything but three whole numbers of sensible size asks for no lease."""
    assert lease.read(header) is None


def test_what_is_held_is_not_paid_again():
    """Only what is missing from the expected reads is counted."""
    assert 30 == lease.reads_to_pay(ASK, TERMS)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_gateway_never_holds_more_than_its_terms(expected, held):
    """However much is asked, what is held after is within the terms, or was before."""
    paid = lease.reads_to_pay(Ask(1, expected, held), TERMS)
    assert paid >= 0
    assert held + paid <= max(TERMS.reads, held)


def test_a_rule_without_terms_leases_nothing(rules, viewer):
    """Where the policy has no terms, an ask costs and gets nothing."""
    asked = decide.question(rules.find("/api/v1/x"), "GET", viewer, "", ASK)
    assert 0 == asked.ahead
    assert decide.verdict(asked, Answer(True, True, 4, 8)).grant is None


def test_reads_that_were_counted_are_granted(rules, viewer):
    """What Redis has counted ahead is what the gateway gets."""
    asked = decide.question(rules.find("/api/leased"), "GET", viewer, "", ASK)
    assert 30 == asked.ahead
    assert Grant(7, 30, 100) == decide.verdict(asked, Answer(True, True, 4, 8, 30)).grant


def test_what_is_held_goes_on_while_the_session_lives(rules, viewer):
    """With enough in hand nothing is counted, and the lease is only made to last."""
    asked = decide.question(rules.find("/api/leased"), "GET", viewer, "", Ask(7, 5, 10))
    assert Grant(7, 0, 100) == decide.verdict(asked, Answer(True, True, 4, 8)).grant


@pytest.mark.parametrize(
    "answer",
    [
        Answer(True, True, 4, 8, 0),
        Answer(True, False, 0, 8, 0),
        Answer(False, True, 4, 8, 30),
    ],
)
def test_nothing_is_granted_that_was_not_counted(rules, viewer, answer):
    """Near the limit, over it, or without a session there is no lease."""
    asked = decide.question(rules.find("/api/leased"), "GET", viewer, "", ASK)
    assert getattr(decide.verdict(asked, answer), "grant", None) is None


def test_writes_are_never_leased(rules, viewer):
    """A write that asks for a lease is judged alone."""
    operator = decide.Claims("s", "a", decide.identity.Role.OPERATOR)
    asked = decide.question(rules.find("/api/leased"), "POST", operator, "", ASK)
    assert (None, 0) == (asked.ask, asked.ahead)


def test_a_grant_says_all_that_the_filter_repeats(viewer):
    """Reads and time, then who the caller is, then its quota."""
    allowed = Allowed(viewer, decide.Quota(1000, 900, 60), Grant(7, 30, 100))
    assert "7 30 100 somebody viewer a-session 1000 900 60" == grant_words(allowed)
