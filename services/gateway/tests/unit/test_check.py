import json
from pathlib import Path

import pytest
import structlog
import yaml

from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.settings import Tracing
from groundplan_gateway import check
from groundplan_gateway.check import Checker
from groundplan_gateway.decide import Answer
from groundplan_gateway.metrics import Metrics
from groundplan_gateway.settings import Secret

KEY = "the-gateways-key"
TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = "b7ad6b7169203331"


class Kept(Recorder):
    """Keeps spans, and sends none."""

    def __init__(self):
        super().__init__(Tracing(endpoint="http://127.0.0.1:1"))
        self.spans = []

    def keep(self, span):
        """Keep a span."""
        self.spans.append(span)


class Store:
    """Answers as it is told, and keeps what it was asked."""

    answer = Answer(True, True, 4, 60)

    def __init__(self):
        self.asked = []
        self.told = []

    async def ask(self, question):
        """Keep the question."""
        self.asked.append(question)
        return self.answer

    def tell(self, refusal):
        """Keep what would be recorded."""
        self.told.append(refusal)


@pytest.fixture
def store():
    """A fake of Redis's place."""
    return Store()


@pytest.fixture
def recorder():
    """Where spans are found."""
    return Kept()


@pytest.fixture
def ask(rules, store, scope, response, token, recorder):
    """Return what asks the checker as Envoy would."""
    metrics = Metrics()
    checker = Checker(rules, store, Secret(KEY), metrics, recorder)

    async def asked(path="/api/v1/x", method="GET", signed_in=True, **headers):
        known = {"x-groundplan-gateway": KEY, "x-groundplan-path": path, "x-request-id": "an-id"}
        known["x-groundplan-address"] = "192.0.2.1"
        if signed_in:
            known["authorization"], known["x-groundplan-jwt-payload"] = token()
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        await checker.answer(scope(method, "/check/decoded", known), response)
        response.decisions = metrics.decisions
        return response

    return asked


async def test_an_allowed_caller_is_introduced(ask):
    """The answer carries who calls, the gateway's key and what is left."""
    answer = await ask()
    assert 200 == answer.status
    assert {
        "x-groundplan-gateway": KEY,
        "x-groundplan-subject": "somebody",
        "x-groundplan-role": "viewer",
        "x-groundplan-session": "a-session",
        "ratelimit-limit": "5",
        "ratelimit-remaining": "4",
        "ratelimit-reset": "60",
    } == answer.headers
    assert {"allowed": 1} == answer.decisions


async def test_an_open_route_introduces_nobody(ask):
    """On an open route a token names no caller."""
    answer = await ask("/api/docs/index.html")
    assert {"x-groundplan-gateway": KEY} == answer.headers


@pytest.mark.parametrize("key", ["", "wrong", KEY + "x", "the-gateways-k€y"])
async def test_only_envoy_is_answered(ask, store, key):
    """Without the gateway's key nothing is looked at."""
    answer = await ask(x_groundplan_gateway=key)
    assert 403 == answer.status
    assert [] == store.asked


async def test_a_refusal_is_a_problem(ask):
    """A refusal says what, why, for which path and request, and how to do better."""
    answer = await ask(signed_in=False)
    assert 401 == answer.status
    assert "application/problem+json" == answer.headers["content-type"]
    assert answer.headers["www-authenticate"].startswith("Bearer")
    problem = json.loads(answer.body)
    assert ("unauthenticated", "/api/v1/x", "an-id") == (
        problem["code"],
        problem["instance"],
        problem["request_id"],
    )


async def test_spent_quota_says_when_to_come_again(ask, store):
    """A 429 carries the limit and the wait."""
    store.answer = Answer(True, False, 0, 9)
    answer = await ask()
    assert 429 == answer.status
    assert ("0", "9") == (answer.headers["ratelimit-remaining"], answer.headers["retry-after"])


async def test_the_path_is_the_one_that_goes_on(ask):
    """What Envoy sends on decides, not what the server has decoded; a query is no path."""
    assert 400 == (await ask("/api/docs/%2e%2e/v1")).status
    assert 200 == (await ask("/api/docs?next=/../x")).status
    assert 400 == (await ask("")).status


async def test_an_unknown_method_names_the_known_ones(ask):
    """A 405 says which methods there are."""
    answer = await ask(method="BREW")
    assert 405 == answer.status
    assert "GET" in answer.headers["allow"]


async def test_without_redis_reads_go_on_locally(ask, store):
    """While Redis is out reads are counted here, writes refused."""
    store.answer = None
    assert [200] * 5 + [429] == [(await ask()).status for _ in range(6)]
    answer = await ask("/api/v1/identity/sign-in", "POST")
    assert 503 == answer.status
    assert "dependency_unavailable" == json.loads(answer.body)["code"]
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_network_counts_as_one_caller(address, counted):
    """Who has an IPv6 network has it whole: it counts as one."""
    assert counted == check.network_of(address)


async def test_a_refused_role_is_left_for_the_audit_record(ask, store):
    """With who it was, from where, in which request; what needs no identity is not."""
    await ask("/api/v1/x", "POST")
    await ask("/api/v1/x", "POST", signed_in=False)
    await ask("/api/v1/x")
    (told,) = store.told
    assert ("somebody", "192.0.2.1", "an-id") == (told.subject, told.address, told.request_id)
    assert ("POST", "/api/v1/x", 403, "forbidden") == (
        told.method,
        told.path,
        told.status,
        told.code,
    )


async def test_a_sampled_check_is_a_span_with_redis_below_it(ask, recorder):
    """Both belong to the trace of the request, and hold no key, path or caller."""
    await ask(traceparent=f"00-{TRACE}-{CALLER}-01")
    redis, own = recorder.spans
    assert (TRACE, CALLER, "check GET") == (own.trace_id, own.parent_id, own.name)
    assert {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "authz.decision": "allowed",
    } == own.attributes
    assert (own.span_id, "EVALSHA") == (redis.parent_id, redis.name)
    assert own.start <= redis.start <= redis.end <= own.end


async def test_what_is_not_sampled_leaves_no_span(ask, recorder):
    """Neither without a trace nor with one that is not kept."""
    await ask()
    await ask(traceparent=f"00-{TRACE}-{CALLER}-00")
    assert [] == recorder.spans


async def test_a_check_that_fails_is_kept_all_the_same(ask, recorder, store):
    """A 503 leaves its span and says why, whatever was decided before; a refusal does not."""
    store.answer = None
    sign_in = "/api/v1/identity/sign-in"
    await ask(sign_in, traceparent=f"00-{TRACE}-{CALLER}-00")
    await ask(signed_in=False)
    (own,) = recorder.spans
    assert (TRACE, "error") == (own.trace_id, own.attributes["sampling.reason"])
    assert "dependency_unavailable" == own.error


async def test_a_line_of_a_refusal_holds_what_is_listed(ask):
    """The registry of signals names every field, and the line has them all; no query is in it."""
    registry = Path(__file__).parents[3] / "contracts/signals.yaml"
    listed = yaml.safe_load(registry.read_text())["logs"]["authz"].keys()
    with structlog.testing.capture_logs() as lines:
        await ask("/api/v1/x?code=a-secret", signed_in=False)
    (line,) = lines
    # What the set-up of the log adds to every line.
    added = {"time", "level", "message", "component", "replica", "span_id"}
    assert listed == (line.keys() - {"event", "log_level"}) | added
    assert "a-secret" not in str(line)
