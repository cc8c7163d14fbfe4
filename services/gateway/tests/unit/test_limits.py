import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_gateway import decide, limits
from groundplan_gateway.limits import Bucket, LocalLimiter
from groundplan_gateway.policy import LocalLimit

MANY = LocalLimit(local_requests=1000, local_per_seconds=1)


def test_a_bucket_gives_its_size_and_then_nothing():
    """A full bucket gives its tokens at once, and not one more."""
    bucket = Bucket(3, 60, now=0)
    assert [True, True, True, False] == [bucket.take(0) for _ in range(4)]
    assert 0 == bucket.remaining
    assert 20 == bucket.wait


def test_tokens_return_evenly():
    """After a share of the period the same share of the tokens is back."""
    bucket = Bucket(4, 60, now=0)
    taken = [bucket.take(0) for _ in range(4)]
    assert all(taken)
    assert [True, True, False] == [bucket.take(30) for _ in range(3)]


@given(
    size=st.integers(1, 50),
    period=st.floats(0.1, 100),
    pauses=st.lists(st.floats(0, 10), max_size=200),
)
def test_no_stretch_gives_more_than_it_should(size, period, pauses):
    """In any stretch of time at most the size and what flowed in meanwhile is given."""
    bucket, now, taken = Bucket(size, period, now=0), 0.0, []
    for pause in pauses:
        now += pause
        if bucket.take(now):
            taken.append(now)
    for first, began in enumerate(taken):
        for last in range(first, len(taken)):
            allowed = size + (taken[last] - began) * size / period
            assert last - first + 1 <= allowed + 1e-6


@given(size=st.integers(1, 50), period=st.floats(0.1, 100))
def test_who_waits_as_told_is_served(size, period):
    """After the wait that a bucket names it gives a token again."""
    bucket = Bucket(size, period, now=0)
    while bucket.take(0):
        pass
    assert bucket.take(bucket.wait * 1.000001)


@pytest.fixture
def question(rules, viewer):
    """Return what asks about one caller."""

    def made(address, path="/api/v1/openapi.json"):
        return decide.question(rules.find(path), "GET", viewer, address)

    return made


def test_each_caller_has_a_bucket(question):
    """A caller who has spent its limit takes nothing from the next one."""
    limiter = LocalLimiter(MANY, now=0)
    answers = [limiter.answer(question("a"), 0) for _ in range(6)]
    assert [True] * 5 + [False] == [answer.is_within for answer in answers]
    assert 12 == answers[-1].reset
    assert limiter.answer(question("b"), 0).is_within


def test_all_callers_together_have_a_limit(question):
    """However many callers come, one replica lets through no more than its own limit."""
    limiter = LocalLimiter(LocalLimit(local_requests=10, local_per_seconds=60), now=0)
    answers = [limiter.answer(question(str(n)), 0) for n in range(20)]
    assert 10 == sum(answer.is_within for answer in answers)


def test_a_rule_without_limit_meets_the_common_one(question):
    """Where a rule has no limit the replica's own still holds."""
    limiter = LocalLimiter(LocalLimit(local_requests=4, local_per_seconds=60), now=0)
    answers = [limiter.answer(question("a", "/api/docs"), 0) for _ in range(8)]
    assert 0 < sum(answer.is_within for answer in answers) <= 4


def test_old_callers_are_forgotten(question, monkeypatch):
    """Memory stays bounded: who has not come for longest is forgotten first."""
    monkeypatch.setattr(limits, "MOST_CALLERS", 2)
    limiter = LocalLimiter(MANY, now=0)
    for caller in ("a", "b", "a", "c"):
        limiter.answer(question(caller), 0)
    assert 2 == limiter.answer(question("a"), 0).remaining
    assert 4 == limiter.answer(question("b"), 0).remaining
