"""What Envoy does when a service fails, hangs up, moves or goes."""

import signal
import threading
import time

import pytest

TARGET = "/api/v1/catalog/services"


@pytest.fixture
def pair(build_stack):
    """A gateway in front of two replicas."""
    few_tries = {"services": {"backend": {"limits": {"requests": 100_000, "per": "1m"}}}}
    with build_stack(few_tries, authzs=1) as made:
        yield made


def tries(stack, method, headers=None):
    """Send one request to replicas that fail; return how often they saw it and the answer."""
    before = len(stack.seen)
    token = stack.issuer.token(role="operator")
    body = None if method in ("GET", "HEAD") else b"{}"
    answer = stack.send(method, TARGET, token=token, headers=headers, body=body)
    return len(stack.seen) - before, answer


def test_retries_only_where_safe(pair):
    """Reads and keyed creates are repeated; whatever could happen twice is not."""
    for upstream in pair.upstreams:
        upstream.status = 502
    assert tries(pair, "GET")[0] > 1
    assert tries(pair, "POST", {"idempotency-key": "a"})[0] > 1
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        seen, answer = tries(pair, method)
        assert (seen, answer.status) == (1, 502)


def test_hung_up_reads_are_repeated_elsewhere(pair):
    """A read whose replica hangs up is served by the other one; a create is not repeated."""
    pair.upstreams[0].hangs_up = True
    token = pair.issuer.token(role="operator")
    assert {pair.get(TARGET, token=token).status for _ in range(10)} == {200}
    pair.upstreams[1].hangs_up = True
    seen, answer = tries(pair, "POST")
    assert seen == 1
    assert answer.status == 503
    assert answer.json["code"] == "dependency_unavailable"


def test_a_dead_replica_is_not_noticed(pair):
    """A replica that no longer listens costs nobody an answer, not even a create."""
    pair.upstreams[0].stop()
    token = pair.issuer.token(role="operator")
    statuses = [pair.send("POST", TARGET, token=token, body=b"{}").status for _ in range(20)]
    assert set(statuses) == {200}


def test_a_failing_replica_is_ejected(pair, until):
    """A replica that answers 500 again and again gets no more calls, and later some again."""
    pair.upstreams[0].status = 500
    token = pair.issuer.token()
    for _ in range(30):
        pair.get(TARGET, token=token)
    pair.seen.clear()
    answers = [pair.get(TARGET, token=token) for _ in range(20)]
    assert {each.status for each in answers} == {200}
    assert {each.port for each in pair.seen} == {pair.ports["backend"][1]}
    pair.upstreams[0].status = 200

    def returns():
        pair.get(TARGET, token=token)
        return pair.seen[-1].port == pair.ports["backend"][0]

    until(returns, 15)


def test_a_replica_is_not_blamed_for_what_it_depends_on(pair):
    """A 503 that a service gives of itself is passed on as it is: no repeat, no ejection."""
    for upstream in pair.upstreams:
        upstream.status = 503
    token = pair.issuer.token()
    answers = [pair.get(TARGET, token=token) for _ in range(30)]
    assert {each.status for each in answers} == {503}
    assert {each.body for each in answers} == {
        b'{"from":%d}' % port for port in pair.ports["backend"]
    }
    assert len(pair.seen) == 30
    ejected = 'envoy_cluster_outlier_detection_ejections_active{envoy_cluster_name="backend"}'
    assert pair.statistics()[ejected] == 0


def test_endpoints_change_without_restart(pair, until):
    """A replica that moves or drains is followed at once, and nobody notices."""
    token = pair.issuer.token()
    statuses = []
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            statuses.append(pair.get(TARGET, token=token).status)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    first, second = pair.ports["backend"]
    pair.draining = {("backend", 1)}
    pair.render()
    until(lambda: {each.port for each in pair.seen[-20:]} == {second}, 5)
    pair.draining = set()
    pair.ports["backend"] = [first]
    pair.render()
    until(lambda: {each.port for each in pair.seen[-20:]} == {first}, 5)
    stop.set()
    asking.join()
    assert set(statuses) == {200}


def test_retries_stay_within_their_budget(pair):
    """When every call fails under load, repeats add little to the calls themselves."""
    for upstream in pair.upstreams:
        upstream.status, upstream.delay = 502, 0.02
    token = pair.issuer.token()
    sent = []

    def ask():
        for _ in range(15):
            sent.append(pair.get(TARGET, token=token).status)

    asking = [threading.Thread(target=ask) for _ in range(30)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert set(sent) == {502}
    assert len(pair.seen) / len(sent) <= 1.5


def test_slow_service_is_cut(build_stack):
    """A route's timeout ends a call, with a problem that says so."""
    short = {"services": {"backend": {"resilience": {"timeout": "400ms"}}}}
    with build_stack(short, authzs=1, upstreams=1) as stack:
        stack.upstreams[0].delay = 2
        answer = stack.get(TARGET, token=stack.issuer.token())
        assert answer.status == 504
        assert answer.json["code"] == "upstream_timeout"
        assert answer.seconds < 1


def test_breaker_opens(build_stack):
    """Beyond what may be under way at once the answer is 503 at once, and then it closes."""
    breaker = {"breaker": {"connections": 2, "pending": 1, "requests": 2}}
    narrow = {"services": {"backend": {"resilience": {**breaker, "timeout": "5s"}}}}
    with build_stack(narrow, authzs=1, upstreams=1) as stack:
        stack.upstreams[0].delay = 0.5
        token = stack.issuer.token(role="operator")
        answers = []

        def ask():
            answers.append(stack.send("POST", TARGET, token=token, body=b"{}"))

        asking = [threading.Thread(target=ask) for _ in range(12)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        refused = [each for each in answers if each.status == 503]
        assert len(refused) >= 6
        assert sorted(each.seconds for each in refused)[len(refused) // 2] < 0.25
        assert refused[0].json["code"] == "dependency_unavailable"
        stack.upstreams[0].delay = 0
        time.sleep(0.1)
        assert stack.get(TARGET, token=token).status == 200


def test_gateway_without_backend_says_so(build_stack):
    """With no replica of a service left the answer is a 503 that says when to come again."""
    with build_stack(authzs=1, upstreams=1) as stack:
        stack.upstreams[0].stop()
        answer = stack.get(TARGET, token=stack.issuer.token())
        assert answer.status == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["content-type"] == "application/problem+json"


def test_without_keys_nobody_is_told_to_sign_in(build_stack):
    """Until the backend has shown its keys a good token is not called bad, and not let in."""
    with build_stack(authzs=1, upstreams=1) as stack:
        stack.signal("envoy", signal.SIGKILL)
        stack.upstreams[0].stop()
        stack.start_envoy()

        def answer():
            try:
                return stack.get(TARGET, token=stack.issuer.token())
            except OSError:
                return None

        found = answer()
        while found is None:
            found = answer()
        assert found.status == 503
        assert found.json["code"] == "dependency_unavailable"
        assert found.headers["retry-after"] == "1"
