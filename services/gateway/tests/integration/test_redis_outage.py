"""The authorisation service while Redis is killed, frozen, slow or new."""

import signal
import threading
import time

import pytest

TARGET = "/api/v1/catalog/services"
SIGN_IN = "/api/v1/identity/sign-in"
LATEST = 0.12
"""Seconds in which a check must be answered while Redis hangs."""


@pytest.fixture(scope="module")
def lone(build_stack):
    """A gateway with one authorisation service."""
    with build_stack(authzs=1, upstreams=1) as made:
        yield made


def degraded(stack):
    """Ask once for each kind of request; return the statuses and the longest wait."""
    operator = stack.issuer.token(role="operator")
    answers = {
        "read": stack.check(0, TARGET, token=operator),
        "read without token": stack.check(0, TARGET),
        "write": stack.check(0, TARGET, token=operator, method="POST"),
        "sign-in": stack.check(0, SIGN_IN, method="POST"),
        "open read": stack.check(0, "/api/v1/openapi.json"),
    }
    assert int(answers["write"].headers["retry-after"]) >= 1
    assert answers["write"].json["code"] == "dependency_unavailable"
    statuses = {name: answer.status for name, answer in answers.items()}
    return statuses, max(answer.seconds for answer in answers.values())


EXPECTED = {
    "read": 200,
    "read without token": 401,
    "write": 503,
    "sign-in": 503,
    "open read": 200,
}


def test_all_is_served_while_redis_is_well(lone):
    """The same questions are answered otherwise while Redis is there."""
    operator = lone.issuer.token(role="operator")
    assert lone.check(0, TARGET, token=operator, method="POST").status == 200
    assert lone.check(0, SIGN_IN, method="POST").status == 200


def test_killed(lone, until):
    """Redis gone: reads go on, writes and sign-in are refused; back: all is served in 2 s."""
    lone.signal("redis", signal.SIGKILL)
    until(lambda: not lone.is_well(0), 2)
    assert degraded(lone)[0] == EXPECTED
    lone.start_redis()
    until(lambda: lone.is_well(0), 2)
    operator = lone.issuer.token(role="operator")
    assert lone.check(0, TARGET, token=operator, method="POST").status == 200


def test_frozen(lone, until):
    """Redis hangs: no check waits for it longer than its timeout, and only the first do."""
    lone.signal("redis", signal.SIGSTOP)
    try:
        statuses, longest = degraded(lone)
        assert statuses == EXPECTED
        assert longest < LATEST
        time.sleep(0.5)
        assert degraded(lone)[1] < LATEST / 2
    finally:
        lone.signal("redis", signal.SIGCONT)
    until(lambda: lone.is_well(0), 2)


def test_slow(lone, until):
    """Redis answers each call too late: it counts as gone until it is quick again."""
    lone.redis.execute_command("CLIENT", "PAUSE", "1500", "ALL")
    statuses, longest = degraded(lone)
    assert statuses == EXPECTED
    assert longest < LATEST
    until(lambda: lone.is_well(0), 4)


def test_restarted_under_load(lone, until):
    """Reads survive a restart of Redis without one failure."""
    token = lone.issuer.token()
    lone.redis.flushdb()
    lone.sign_in()
    # It comes back with the session in it, as one does that keeps its data.
    lone.redis.save()
    statuses = []
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            statuses.append(lone.get(TARGET, token=token).status)
            time.sleep(0.005)

    def answered(more):
        enough = len(statuses) + more
        until(lambda: len(statuses) >= enough)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    answered(16)
    lone.signal("redis", signal.SIGKILL)
    answered(20)
    lone.start_redis()
    until(lambda: lone.is_well(0), 3)
    answered(16)
    stop.set()
    asking.join()
    assert set(statuses) == {200}


def test_lost_script_is_loaded_again(lone):
    """A Redis that forgot the script is told it again, in the same check."""
    lone.redis.script_flush()
    assert lone.check(0, TARGET, token=lone.issuer.token()).status == 200
    assert lone.is_well(0)


def test_reads_meet_the_local_limit(build_stack, until):
    """While Redis is out each caller still has no more than the limit at one replica."""
    few = {"services": {"backend": {"limits": {"requests": 20, "per": "1h"}}}}
    with build_stack(few, authzs=1, upstreams=1) as stack:
        stack.signal("redis", signal.SIGKILL)
        until(lambda: not stack.is_well(0), 2)
        token = stack.issuer.token()
        answers = [stack.check(0, TARGET, token=token) for _ in range(30)]
        assert 20 <= sum(each.status == 200 for each in answers) <= 21
        assert answers[-1].status == 429
        assert int(answers[-1].headers["retry-after"]) >= 1


def test_starts_without_redis(lone, until):
    """The service starts, is ready and serves reads although Redis is not there yet."""
    lone.signal("redis", signal.SIGKILL)
    lone.signal("authz0", signal.SIGKILL)
    lone.start_authz(0)
    token = lone.issuer.token()

    def serves():
        try:
            return lone.check(0, TARGET, token=token).status == 200
        except OSError:
            return False

    until(serves, 5)
    lone.start_redis()
    until(lambda: lone.is_well(0), 2)
