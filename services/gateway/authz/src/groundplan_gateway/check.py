"""Answers Envoy's ext_authz check: reads what Envoy sent, asks for a verdict, writes it down.

The method stands in the request line, everything else in headers that only Envoy can have set,
which it proves with the gateway's key. The path is taken from a header because it must be looked
at as it goes on to the service, before anybody has decoded it.
"""

import hmac
import time
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final

import msgspec
import structlog

from groundplan_contracts import identity, problem
from groundplan_contracts.refusals import Refusal
from groundplan_contracts.tracing import context
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.span import REASON, Attributes, Kind
from groundplan_contracts.tracing.trace import Trace
from groundplan_gateway import decide, lease, token
from groundplan_gateway.decide import Allowed, Denied, Question, Verdict
from groundplan_gateway.limits import LocalLimiter
from groundplan_gateway.metrics import Metrics
from groundplan_gateway.policy import Policy
from groundplan_gateway.rsgi import Headers, Response, Scope
from groundplan_gateway.settings import Secret
from groundplan_gateway.store import Store

PREFIX: Final = "/check"
NOT_ENVOY: Final = problem.Problem(403, "forbidden", "Only the gateway may ask.")
IPV6_NETWORK: Final = 64
DECISION: Final = "authz.decision"
ALLOWED: Final = "allowed"
_REDIS: Final = {"db.system.name": "redis", "db.operation.name": "EVALSHA"}
_FAILED: Final = 500

log = structlog.get_logger()


class Checker:
    """Decides every request by the policy of the moment."""

    def __init__(
        self, policy: Policy, store: Store, key: Secret, metrics: Metrics, recorder: Recorder
    ) -> None:
        self._store = store
        self._key = str(key)
        self._metrics = metrics
        self._recorder = recorder
        self.take_over(policy)

    def take_over(self, policy: Policy) -> None:
        """Decide by another policy from now on."""
        self._policy = policy
        self._local = LocalLimiter(policy.local, time.monotonic())

    async def answer(self, scope: Scope, response: Response) -> None:
        """Answer one check, and account for it."""
        started = time.perf_counter()
        trace = self._recorder.begin(scope.headers.get(context.HEADER, ""))
        verdict = await self._answer(scope, response, trace)
        status = verdict.problem.status if isinstance(verdict, Denied) else 200
        seconds = time.perf_counter() - started
        method = scope.method if scope.method in decide.METHODS else "OTHER"
        self._metrics.answered(method, status, seconds)
        if trace is not None or status >= _FAILED or seconds >= self._recorder.slow:
            self._keep(scope, trace, verdict, started)

    async def _answer(self, scope: Scope, response: Response, trace: Trace | None) -> Verdict:
        headers = scope.headers
        path = headers.get(identity.PATH, "").partition("?")[0]
        if not hmac.compare_digest(headers.get(identity.GATEWAY, "").encode(), self._key.encode()):
            return self._refuse(scope, response, path, Denied(NOT_ENVOY), trace)
        verdict = await self._decide(scope, path, trace)
        if isinstance(verdict, Denied):
            return self._refuse(scope, response, path, verdict, trace)
        self._metrics.decisions[ALLOWED] += 1
        response.response_empty(200, self._upstream(verdict))
        return verdict

    async def _decide(self, scope: Scope, path: str, trace: Trace | None) -> Verdict:
        headers = scope.headers
        match = self._policy.find(path)
        claims = token.read(headers.get("authorization"), headers.get(identity.JWT_PAYLOAD))
        caller = network_of(headers.get(identity.ADDRESS, ""))
        ask = lease.read(headers.get(identity.LEASE_ASK))
        asked = decide.question(match, scope.method, claims, caller, ask)
        if isinstance(asked, Denied):
            if asked.problem is decide.FORBIDDEN and claims is not None:
                self._store.tell(_refusal(scope, path, claims, asked))
            return asked
        started = time.perf_counter()
        answer = await self._store.ask(asked)
        if trace is not None:
            failure = "" if answer is not None else "unavailable"
            trace.call("EVALSHA", Kind.CLIENT, started, {**_REDIS}, failure)
        if answer is None:
            return self._fall_back(asked)
        return decide.verdict(asked, answer)

    def _fall_back(self, asked: Question) -> Verdict:
        self._metrics.local_decisions += 1
        if not decide.may_fall_back(asked):
            return decide.unavailable()
        return decide.verdict(asked, self._local.answer(asked, time.monotonic()))

    def _upstream(self, allowed: Allowed) -> Headers:
        headers = [(identity.GATEWAY, self._key)]
        claims = allowed.claims
        if claims is not None:
            headers += (
                (identity.SUBJECT, claims.subject),
                (identity.ROLE, claims.role.word),
                (identity.SESSION, claims.session),
            )
            if claims.scope is not None:
                headers.append((identity.SCOPE, claims.scope))
            if allowed.grant is not None:
                headers.append((identity.LEASE, grant_words(allowed)))
        return headers + quota_headers(allowed.quota)

    def _keep(self, scope: Scope, trace: Trace | None, verdict: Verdict, started: float) -> None:
        """Keep the span of a check that is sampled, or that failed or was slow all the same."""
        denied = verdict.problem if isinstance(verdict, Denied) else None
        status = denied.status if denied else 200
        attributes: Attributes = {
            "http.request.method": scope.method,
            "http.response.status_code": status,
            DECISION: denied.code if denied else ALLOWED,
        }
        if trace is None:
            trace = self._recorder.late(scope.headers.get(context.HEADER, ""))
            attributes[REASON] = "error" if status >= _FAILED else "slow"
        if trace is not None:
            error = denied.code if denied and status >= _FAILED else ""
            trace.end(f"check {scope.method}", Kind.SERVER, started, attributes, error)

    def _refuse(
        self, scope: Scope, response: Response, path: str, denied: Denied, trace: Trace | None
    ) -> Denied:
        found = denied.problem
        self._metrics.decisions[found.code] += 1
        request_id = scope.headers.get("x-request-id", "")
        log.info(
            "check.refused",
            code=found.code,
            status=found.status,
            method=scope.method,
            path=path,
            request_id=request_id,
            trace_id=_trace_id(scope, trace),
        )
        body = msgspec.json.encode(found.document(instance=path, request_id=request_id))
        response.response_bytes(found.status, refusal_headers(denied), body)
        return denied


def _trace_id(scope: Scope, trace: Trace | None) -> str:
    if trace is not None:
        return trace.trace_id
    found = context.read(scope.headers.get(context.HEADER, ""))
    return found.trace_id if found else ""


def _refusal(scope: Scope, path: str, claims: token.Claims, denied: Denied) -> Refusal:
    headers, found = scope.headers, denied.problem
    return Refusal(
        subject=claims.subject,
        address=headers.get(identity.ADDRESS, ""),
        request_id=headers.get("x-request-id", ""),
        method=scope.method,
        path=path,
        status=found.status,
        code=found.code,
    )


def grant_words(allowed: Allowed) -> str:
    """Write a lease as the gateway's filter reads it, with all that it must say of the caller."""
    grant, claims, quota = allowed.grant, allowed.claims, allowed.quota
    assert grant is not None
    assert claims is not None
    assert quota is not None
    return (
        f"{grant.id} {grant.reads} {grant.milliseconds} "
        f"{claims.subject} {claims.role.word} {claims.session} "
        f"{quota.limit} {quota.remaining} {quota.reset}"
    )


def quota_headers(quota: decide.Quota | None) -> Headers:
    """Tell the caller how much is left."""
    if quota is None:
        return []
    return [
        ("ratelimit-limit", str(quota.limit)),
        ("ratelimit-remaining", str(quota.remaining)),
        ("ratelimit-reset", str(quota.reset)),
    ]


def refusal_headers(denied: Denied) -> Headers:
    """Return the headers of a refusal."""
    headers = [("content-type", problem.MEDIA_TYPE), ("cache-control", "no-store")]
    headers += quota_headers(denied.quota)
    if denied.retry_after:
        headers.append(("retry-after", str(denied.retry_after)))
    if denied.problem.status == decide.UNAUTHENTICATED.status:
        headers.append(("www-authenticate", 'Bearer realm="groundplan"'))
    if denied.problem is decide.METHOD:
        headers.append(("allow", ", ".join(sorted(decide.METHODS))))
    return headers


@lru_cache(4096)
def network_of(address: str) -> str:
    """Return what is counted as one anonymous caller: an IPv4 address, or an IPv6 /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return address
    return str(ip_network(f"{address}/{IPV6_NETWORK}", strict=False))
