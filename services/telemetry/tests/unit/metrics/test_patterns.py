"""Regular expressions that cannot hold everything up."""

import re

import pytest

from groundplan_telemetry.metrics import patterns
from groundplan_telemetry.metrics.patterns import Costly


@pytest.mark.parametrize(
    ("written", "fitting", "misfit"),
    [
        ("backend|authz", "authz", "authz-1"),
        ("5..", "503", "5033"),
        ("/api/v1/.*", "/api/v1/a\nb", "/api"),
        ("(backend|authz)-.*", "backend-1", "gateway-1"),
        (".*foo.*bar.*", "a foo and a bar " * 9, "foo" * 60),
        ("https?://[a-z]+(:[0-9]{1,5})?", "http://a:80", "ftp://a"),
        (r"([0-9]{1,3}\.){3}[0-9]{1,3}", "127.0.0.1", "127.0.0"),
        ("(?i)get|post", "POST", "put"),
        ("|".join(f"service-{n}" for n in range(500)), "service-499", "service-500"),
    ],
)
def test_ordinary_patterns_are_matched(written: str, fitting: str, misfit: str) -> None:
    """What dashboards and rules ask with fits whole texts, as ever."""
    found = patterns.pattern(written)
    assert found.fullmatch(fitting) is not None
    assert found.fullmatch(misfit) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("(a+)+$", "a repeat within a repeat"),
        ("(a*)*", "a repeat within a repeat"),
        ("((a?){9}){9}", "a repeat within a repeat"),
        ("(a|ab)*c", "a choice within a repeat"),
        ("(a|b|ab|ba){40}c", "too many ways"),
        ("a?" * 40 + "a" * 40, "too many ways"),
        ("(ab|ac|b)" * 40, "too many ways"),
        (".*a" * 5, "more than 4 repeats"),
        ("(?=a)a", "looks ahead"),
        ("(?<!a)a", "looks ahead"),
        (r"(a)\1", "looks ahead"),
        ("(?>a)", "looks ahead"),
        ("a{1001}", "more than 1000"),
        ("(?:){9}", "a repeat within a repeat"),
        ("(" * 2000 + ")" * 2000, "nested"),
    ],
)
def test_costly_patterns_are_refused(written: str, why: str) -> None:
    """Before they are matched with anything, and with a reason."""
    with pytest.raises(Costly, match=why):
        patterns.pattern(written)


def test_a_text_may_be_too_long_for_a_pattern() -> None:
    """The more a pattern tries, the shorter is what it is asked of."""
    found = patterns.pattern(".*a.*a.*b")
    assert found.fullmatch("a" * 99 + "b") is not None
    with pytest.raises(Costly, match="a text of 4000 characters"):
        found.fullmatch("a" * 4000)
    assert patterns.pattern(".*b").fullmatch("a" * 4000) is None


def test_what_is_no_pattern_is_no_costly_one() -> None:
    """Who errs in writing is told so."""
    with pytest.raises(re.error, match="unterminated") as refused:
        patterns.pattern("(")
    assert re.error is type(refused.value)
