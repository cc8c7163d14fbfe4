"""One limit, counted once for all replicas: never more, never less."""

import concurrent.futures
import time

import pytest

TARGET = "/api/v1/catalog/services"
LIMIT = 200
FEW = 20
"""A limit for one second that one client alone goes beyond."""
TIGHT = {"services": {"backend": {"limits": {"requests": LIMIT, "per": "1m"}}}}


@pytest.fixture(scope="module")
def tight(build_stack):
    """A gateway with a limit that tests meet."""
    with build_stack(TIGHT, is_patient=True) as made:
        yield made


def many(call, times=600, at_once=16):
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(call, range(times)))


def test_exact_across_replicas(tight):
    """Two replicas raced by sixteen clients let through the limit and not one more."""
    token = tight.issuer.token(sub="racer")
    answers = many(lambda n: tight.check(n % 2, TARGET, token=token))
    assert sum(each.status == 200 for each in answers) == LIMIT
    assert {each.status for each in answers} == {200, 429}


def test_callers_do_not_share(tight):
    """One caller's spending leaves the next one's alone."""
    spent = tight.issuer.token(sub="spender")
    many(lambda n: tight.check(n % 2, TARGET, token=spent), LIMIT + 10)
    assert tight.check(0, TARGET, token=spent).status == 429
    assert tight.check(0, TARGET, token=tight.issuer.token(sub="other")).status == 200


def test_refusal_says_when_to_come_again(tight):
    """A 429 names the limit, and after the seconds it names there is room again."""
    token = tight.issuer.token(sub="patient")
    rule = "/api/v1/identity/sessions"
    many(lambda n: tight.check(n % 2, rule, token=token), LIMIT + 1)
    answer = tight.check(0, rule, token=token)
    assert answer.status == 429
    assert answer.json["code"] == "rate_limited"
    assert answer.headers["ratelimit-limit"] == str(LIMIT)
    assert answer.headers["ratelimit-remaining"] == "0"
    assert 1 <= int(answer.headers["retry-after"]) <= 61
    assert answer.headers["ratelimit-reset"] == answer.headers["retry-after"]


def test_through_envoy(tight):
    """The limit and its headers hold for clients of the gateway, too."""
    token = tight.issuer.token(sub="client")
    answers = many(lambda _: tight.get(TARGET, token=token), LIMIT + 40, 8)
    assert sum(each.status == 200 for each in answers) == LIMIT
    refused = next(each for each in answers if each.status == 429)
    assert refused.headers["ratelimit-limit"] == str(LIMIT)
    assert refused.headers["content-type"] == "application/problem+json"


def test_anonymous_callers_are_counted_by_address(tight):
    """Without a token the address counts that the frontend's nginx saw, and no other."""
    path = "/api/v1/openapi.json"
    forged = {"x-forwarded-for": "198.51.100.1, 203.0.113.5"}
    many(lambda _: tight.get(path, headers=forged), LIMIT + 5, 8)
    changed = {"x-forwarded-for": "198.51.100.2, 203.0.113.5"}
    assert tight.get(path, headers=changed).status == 429
    elsewhere = {"x-forwarded-for": "198.51.100.1, 203.0.113.6"}
    assert tight.get(path, headers=elsewhere).status == 200


def test_window_slides(build_stack):
    """No stretch of one period ever sees more than the limit, and quota does come back."""
    quick = {"services": {"backend": {"limits": {"requests": FEW, "per": "1s"}}}}
    with build_stack(quick, upstreams=1, is_patient=True) as stack:
        token = stack.issuer.token()
        accepted, refused = [], 0
        latest = time.monotonic() + 60
        while len(accepted) <= 3 * FEW and time.monotonic() < latest:
            sent = time.monotonic()
            answer = stack.check(len(accepted) % 2, TARGET, token=token)
            if answer.status == 200:
                accepted.append((sent, time.monotonic()))
            refused += answer.status == 429
        # From the sending of the first to the answer of the last is more than Redis saw.
        for at in range(len(accepted) - FEW):
            assert accepted[at + FEW][1] - accepted[at][0] >= 1.0
        assert len(accepted) > 3 * FEW
        assert refused > 0
