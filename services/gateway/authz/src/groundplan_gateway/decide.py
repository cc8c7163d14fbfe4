"""The decision, without I/O: what must be known about a request, and what follows from it.

`question` turns a request into what Redis has to say about it, or refuses at once; `verdict`
turns Redis's answer into Allowed or Denied; `fallback` does the same when Redis is out.
"""

from typing import Final, TypeAlias

import msgspec

from groundplan_contracts import identity
from groundplan_contracts.problem import Problem
from groundplan_contracts.sessions import limit_key, session_key
from groundplan_gateway import lease
from groundplan_gateway.policy import Malformed, Match, Rule, Unmatched
from groundplan_gateway.token import Claims

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS: Final = READS | {"POST", "PUT", "PATCH", "DELETE"}

MALFORMED: Final = Problem(400, "invalid_request", "The path is written in an unusual way.")
NOT_FOUND: Final = Problem(404, "not_found", "Nothing is served under this path.")
METHOD: Final = Problem(405, "method_not_allowed", "The method is not one of HTTP's usual ones.")
UNAUTHENTICATED: Final = Problem(401, "unauthenticated", "A valid access token is needed.")
SESSION_ENDED: Final = Problem(401, "session_ended", "The session has ended; sign in again.")
FORBIDDEN: Final = Problem(403, "forbidden", "Your role does not allow this.")
RATE_LIMITED: Final = Problem(429, "rate_limited", "Too many requests; wait and try again.")
UNAVAILABLE: Final = Problem(
    503, "dependency_unavailable", "Sessions cannot be checked at the moment; try again."
)
RETRY_WHEN_UNAVAILABLE: Final = 2


class Question(msgspec.Struct, frozen=True):
    """What Redis is asked; an empty key asks nothing."""

    rule: Rule
    is_read: bool
    claims: Claims | None
    session_key: str
    limit_key: str
    ask: lease.Ask | None = None
    ahead: int = 0
    """Reads to be counted beside the present one, for a lease."""


class Answer(msgspec.Struct, frozen=True):
    """What Redis, or in its absence the local limit, says; `reset` is in seconds."""

    is_alive: bool
    is_within: bool
    remaining: int
    reset: int
    ahead: int = 0


class Quota(msgspec.Struct, frozen=True):
    """How much the caller may still do; `reset` is in seconds."""

    limit: int
    remaining: int
    reset: int


class Allowed(msgspec.Struct, frozen=True):
    """The request goes on, as this caller."""

    claims: Claims | None
    quota: Quota | None
    grant: lease.Grant | None = None


class Denied(msgspec.Struct, frozen=True):
    """The request is answered with a problem; `retry_after` is in seconds, 0 says nothing."""

    problem: Problem
    quota: Quota | None = None
    retry_after: int = 0


Verdict: TypeAlias = Allowed | Denied


def question(
    match: Match,
    method: str,
    claims: Claims | None,
    address: str,
    ask: lease.Ask | None = None,
) -> Question | Denied:
    """Refuse what needs no look at Redis, and say what to ask about the rest."""
    if isinstance(match, Malformed):
        return Denied(MALFORMED)
    if isinstance(match, Unmatched):
        return Denied(NOT_FOUND)
    if method not in METHODS:
        return Denied(METHOD)
    is_read = method in READS
    if match.auth == "none":
        return Question(match, is_read, None, "", _limit_key(match, address))
    if claims is None or match.roles is None:
        return Denied(UNAUTHENTICATED)
    if claims.role < identity.Role.parse(match.roles.read if is_read else match.roles.write):
        return Denied(FORBIDDEN)
    spending = _limit_key(match, claims.subject)
    if not is_read or claims.scope is not None:
        ask = None
    ahead = lease.reads_to_pay(ask, match.lease)
    return Question(match, is_read, claims, session_key(claims.session), spending, ask, ahead)


def verdict(asked: Question, answer: Answer) -> Verdict:
    """Decide by what Redis says."""
    if not answer.is_alive:
        return Denied(SESSION_ENDED)
    limit = asked.rule.limit
    if limit is None:
        return Allowed(asked.claims, None)
    quota = Quota(limit.requests, answer.remaining, answer.reset)
    if not answer.is_within:
        return Denied(RATE_LIMITED, quota, max(1, answer.reset))
    return Allowed(asked.claims, quota, _grant(asked, answer))


def _grant(asked: Question, answer: Answer) -> lease.Grant | None:
    """Give what was counted; a lease that is held goes on, as its session is still alive."""
    ask, allowed = asked.ask, asked.rule.lease
    if ask is None or allowed is None or answer.ahead + ask.held == 0:
        return None
    if answer.ahead < asked.ahead:
        return None
    return lease.Grant(ask.id, answer.ahead, allowed.milliseconds)


def may_fall_back(asked: Question) -> bool:
    """Tell whether the request may go on under the local limit while Redis is out.

    Never one with an API token: it may have been revoked months before it expires.
    """
    if asked.claims is not None and asked.claims.scope is not None:
        return False
    if asked.rule.when_cache_is_down == "all":
        return asked.claims is None
    return asked.is_read and asked.rule.when_cache_is_down == "reads"


def unavailable() -> Denied:
    """Refuse what cannot be decided without Redis."""
    return Denied(UNAVAILABLE, retry_after=RETRY_WHEN_UNAVAILABLE)


def _limit_key(rule: Rule, caller: str) -> str:
    return limit_key(rule.id, caller) if rule.limit is not None else ""
