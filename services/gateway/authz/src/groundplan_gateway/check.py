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

log = structlog.get_logger()


class Checker:
    """Decides every request by the policy of the moment."""

    def __init__(self, policy: Policy, store: Store, key: Secret, metrics: Metrics) -> None:
        self._store = store
        self._key = str(key)
        self._metrics = metrics
        self.take_over(policy)

    def take_over(self, policy: Policy) -> None:
        """Decide by another policy from now on."""
        self._policy = policy
        self._local = LocalLimiter(policy.local, time.monotonic())

    async def answer(self, scope: Scope, response: Response) -> None:
        """Answer one check."""
        headers = scope.headers
        path = headers.get(identity.PATH, "").partition("?")[0]
        if not hmac.compare_digest(headers.get(identity.GATEWAY, "").encode(), self._key.encode()):
            return self._refuse(scope, response, path, Denied(NOT_ENVOY))
        verdict = await self._decide(scope, path)
        if isinstance(verdict, Denied):
            return self._refuse(scope, response, path, verdict)
        self._metrics.decisions["allowed"] += 1
        return response.response_empty(200, self._upstream(verdict))

    async def _decide(self, scope: Scope, path: str) -> Verdict:
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
        answer = await self._store.ask(asked)
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

    def _refuse(self, scope: Scope, response: Response, path: str, denied: Denied) -> None:
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
        )
        body = msgspec.json.encode(found.document(instance=path, request_id=request_id))
        response.response_bytes(found.status, refusal_headers(denied), body)


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
