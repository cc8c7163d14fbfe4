"""The gateway while nobody answers who a caller is: shut at once, and open again at once."""

import signal
import threading
import time

import pytest

TARGET = "/api/v1/catalog/services"
LATEST = 0.25
"""Seconds in which a caller must have an answer."""


@pytest.fixture(scope="module")
def two(build_stack):
    """A gateway with two authorisation services."""
    with build_stack() as made:
        yield made


def refusals(stack, times=8):
    token = stack.issuer.token()
    before = len(stack.seen)
    answers = [stack.get(TARGET, token=token) for _ in range(times)]
    assert stack.seen[before:] == []
    return answers


def is_shut(answers):
    assert [each.status for each in answers] == [503] * len(answers)
    assert {each.json["code"] for each in answers} == {"authorization_unavailable"}
    assert {each.headers["content-type"] for each in answers} == {"application/problem+json"}
    assert all(int(each.headers["retry-after"]) >= 1 for each in answers)
    assert max(each.seconds for each in answers) < LATEST


def both_are_asked(stack):
    name = 'envoy_cluster_membership_healthy{envoy_cluster_name="authz"}'
    return stack.statistics()[name] == 2 and stack.is_well(0) and stack.is_well(1)


def test_one_killed_of_two_is_not_noticed(two, until):
    """While one of two authorisation services is gone every caller is served."""
    two.signal("authz0", signal.SIGKILL)
    token = two.issuer.token()
    assert {two.get(TARGET, token=token).status for _ in range(60)} == {200}
    two.start_authz(0)
    until(lambda: two.is_well(0))


def test_all_killed_shuts_the_gateway(two, until):
    """With no authorisation service left the answer is 503 at once, and service resumes."""
    for number in (0, 1):
        two.signal(f"authz{number}", signal.SIGKILL)
    is_shut(refusals(two))
    for number in (0, 1):
        two.start_authz(number)
    until(lambda: two.get(TARGET, token=two.issuer.token()).status == 200, 5)


def test_all_frozen_shuts_the_gateway(two, until):
    """When all authorisation services hang, callers are not kept waiting."""
    for number in (0, 1):
        two.signal(f"authz{number}", signal.SIGSTOP)
    try:
        is_shut(refusals(two))
    finally:
        for number in (0, 1):
            two.signal(f"authz{number}", signal.SIGCONT)
    until(lambda: two.get(TARGET, token=two.issuer.token()).status == 200, 5)


def test_one_frozen_is_soon_left_alone(two, until):
    """Of two services one hangs: the other is asked instead, and hardly anybody is refused."""
    two.signal("authz0", signal.SIGSTOP)
    token = two.issuer.token()
    try:
        answers = [two.get(TARGET, token=token) for _ in range(40)]
        assert sum(each.status != 200 for each in answers) <= 1
        assert max(each.seconds for each in answers) < LATEST
        assert max(each.seconds for each in answers[-10:]) < 0.08
    finally:
        two.signal("authz0", signal.SIGCONT)
    until(lambda: two.get(TARGET, token=token).status == 200, 5)


def test_slow_shuts_the_gateway(build_stack):
    """A service that stutters (10 ms of work, then 400 ms of nothing) lets nobody wait."""
    with build_stack(authzs=1) as stack:
        stop = threading.Event()

        def stutter():
            while not stop.is_set():
                stack.signal("authz0", signal.SIGSTOP)
                time.sleep(0.4)
                stack.signal("authz0", signal.SIGCONT)
                time.sleep(0.01)

        stuttering = threading.Thread(target=stutter, daemon=True)
        stuttering.start()
        token = stack.issuer.token()
        answers = [stack.get(TARGET, token=token) for _ in range(20)]
        stop.set()
        stuttering.join()
        assert {each.status for each in answers} <= {200, 503}
        assert 503 in {each.status for each in answers}
        assert max(each.seconds for each in answers) < LATEST


def test_restart_in_order_is_not_noticed(two, until):
    """A rolling restart of the authorisation services refuses nobody."""
    token = two.issuer.token()
    statuses = []
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            statuses.append(two.get(TARGET, token=token).status)
            time.sleep(0.005)

    until(lambda: both_are_asked(two))
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    for number in (0, 1):
        two.signal(f"authz{number}", signal.SIGTERM)
        assert two.processes[f"authz{number}"].wait(10) == 0
        two.start_authz(number)
        until(lambda: both_are_asked(two))
    stop.set()
    asking.join()
    assert len(statuses) > 100
    assert set(statuses) == {200}
